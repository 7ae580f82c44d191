// Recursive descent over the grammar of varlink.org/Interface-Definition; one token of look-ahead.
#include "varlink/idl.h"

#include <set>

namespace diptych::varlink {

namespace {

bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool digit(char c)
{
    return c >= '0' && c <= '9';
}
bool upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool goodTypeName(std::string_view name)
{
    return !name.empty() && upper(name[0]) &&
           std::all_of(name.begin(), name.end(), [](char c) { return letter(c) || digit(c); });
}

/// Letters, digits and single underscores between them.
bool goodFieldName(std::string_view name)
{
    if (name.empty() || !letter(name[0]) || name.back() == '_')
        return false;
    for (size_t i = 0; i < name.size(); ++i) {
        if (!letter(name[i]) && !digit(name[i]) && (name[i] != '_' || name[i + 1] == '_'))
            return false;
    }
    return true;
}

/// "org.diptych": at least two parts of letters, digits and inner dashes, the first starting with a letter.
bool goodInterfaceName(std::string_view name)
{
    if (name.empty() || !letter(name[0]) || name.find('.') == std::string_view::npos)
        return false;
    char before = '.';
    for (char c : name) {
        bool separator = c == '.' || c == '-';
        if (!letter(c) && !digit(c) && !separator)
            return false;
        if ((c == '.' && (before == '.' || before == '-')) || (c == '-' && before == '.'))
            return false;
        before = c;
    }
    return before != '.' && before != '-';
}

constexpr int maximumDepth = 32;

class Parser final
{
public:
    explicit Parser(std::string_view source) : m_text(source) { next(); }

    Result<Interface> parse();

private:
    void next();
    void skipBlank();
    bool take(std::string_view token);
    Status expect(std::string_view token);
    tl::unexpected<Error> wrong(std::string_view what) const
    {
        return fail(Code::InvalidArgument, fmt::format("line {}: {}", m_line, what));
    }
    Status member(Interface& interface);
    Status method(Interface& interface, std::string comment);
    Result<Type> type(int depth);
    Result<Type> parenthesis(int depth, bool structOnly);
    Result<std::string> word(bool (*good)(std::string_view), const char* what);
    Status resolve(const Interface& interface, const Type& type);

    std::string_view m_text;
    size_t m_at = 0;
    int m_line = 1;
    std::string m_token, m_comment; ///< look-ahead, and the comment lines that stood right in front of it
};

void Parser::skipBlank()
{
    m_comment.clear();
    bool blankLine = false;
    while (m_at < m_text.size()) {
        char c = m_text[m_at];
        if (c == '#') {
            size_t end = std::min(m_text.find('\n', m_at), m_text.size());
            std::string_view line = m_text.substr(m_at + 1, end - m_at - 1);
            if (!line.empty() && line[0] == ' ')
                line.remove_prefix(1);
            m_comment += (m_comment.empty() ? "" : "\n") + std::string(line);
            m_at = end;
            blankLine = true; // the end of the comment's own line follows
        } else if (c == '\n') {
            ++m_line;
            ++m_at;
            if (!blankLine)
                m_comment.clear(); // an empty line parts a comment from what follows
            blankLine = false;
        } else if (c == ' ' || c == '\t' || c == '\r') {
            ++m_at;
        } else {
            return;
        }
    }
}

void Parser::next()
{
    skipBlank();
    m_token.clear();
    if (m_at >= m_text.size())
        return;
    auto inWord = [](char c) { return letter(c) || digit(c) || c == '_' || c == '.' || c == '-'; };
    if (m_text.substr(m_at, 2) == "->") {
        m_token = "->";
    } else if (letter(m_text[m_at])) {
        size_t end = m_at;
        while (end < m_text.size() && inWord(m_text[end]) && m_text.substr(end, 2) != "->")
            ++end;
        m_token = m_text.substr(m_at, end - m_at);
    } else {
        m_token = m_text.substr(m_at, 1);
    }
    m_at += m_token.size();
}

bool Parser::take(std::string_view token)
{
    if (m_token != token)
        return false;
    next();
    return true;
}

Status Parser::expect(std::string_view token)
{
    if (!take(token))
        return wrong(fmt::format("\"{}\" is missing before \"{}\"", token, m_token));
    return {};
}

Result<std::string> Parser::word(bool (*good)(std::string_view), const char* what)
{
    if (!good(m_token))
        return wrong(fmt::format("\"{}\" is not {}", m_token, what));
    std::string found = m_token;
    next();
    return found;
}

Result<Type> Parser::type(int depth)
{
    if (depth > maximumDepth)
        return wrong("types are nested too deeply");
    Type result;
    if (take("?")) {
        result.kind = Type::Maybe;
        result.element.push_back(TRY(type(depth + 1)));
        if (result.element[0].kind == Type::Maybe)
            return wrong("\"??\" means nothing");
    } else if (take("[")) {
        result.kind = take("string") ? Type::Map : Type::Array;
        TRY(expect("]"));
        result.element.push_back(TRY(type(depth + 1)));
    } else if (m_token == "(") {
        return parenthesis(depth + 1, false);
    } else if (take("bool")) {
        result.kind = Type::Boolean;
    } else if (take("int")) {
        result.kind = Type::Integer;
    } else if (take("float")) {
        result.kind = Type::Float;
    } else if (take("string")) {
        result.kind = Type::String;
    } else if (take("object")) {
        result.kind = Type::Object;
    } else {
        result.kind = Type::Named;
        result.name = TRY(word(goodTypeName, "a type"));
    }
    return result;
}

/// "(a: int, b: string)" or "(one, two)"; "()" is an empty struct.
Result<Type> Parser::parenthesis(int depth, bool structOnly)
{
    TRY(expect("("));
    Type result;
    result.kind = Type::Struct;
    std::set<std::string> names;
    bool first = true;
    while (!take(")")) {
        if (!first)
            TRY(expect(","));
        std::string comment = m_comment;
        std::string name = TRY(word(goodFieldName, "a field name"));
        if (!names.insert(name).second)
            return wrong(fmt::format("\"{}\" stands twice", name));
        bool typed = take(":");
        if (first && !typed)
            result.kind = Type::Enum;
        if (typed != (result.kind == Type::Struct) || (structOnly && !typed))
            return wrong(fmt::format("\"{}\": either every member has a type or none has", name));
        if (typed) {
            // Not inside the braces below: returning from there would leak what they hold already (Clang 14).
            Type member = TRY(type(depth + 1));
            result.fields.push_back({name, std::move(member), std::move(comment)});
        } else {
            result.values.push_back(name);
        }
        first = false;
    }
    return result;
}

Status Parser::method(Interface& interface, std::string comment)
{
    Method result;
    result.comment = std::move(comment);
    result.name = TRY(word(goodTypeName, "a method name"));
    result.in = TRY(parenthesis(0, true));
    TRY(expect("->"));
    result.out = TRY(parenthesis(0, true));
    if (interface.method(result.name))
        return wrong(fmt::format("method {} stands twice", result.name));
    interface.methods.push_back(std::move(result));
    return {};
}

Status Parser::member(Interface& interface)
{
    std::string comment = m_comment;
    if (take("method"))
        return method(interface, std::move(comment));
    bool isError = m_token == "error";
    if (!take("type") && !take("error"))
        return wrong(fmt::format("\"{}\" is not type, method or error", m_token));
    Definition result;
    result.comment = std::move(comment);
    result.name = TRY(word(goodTypeName, "a name"));
    result.type = TRY(parenthesis(0, isError));
    if (interface.type(result.name) || interface.error(result.name))
        return wrong(fmt::format("{} stands twice", result.name));
    (isError ? interface.errors : interface.types).push_back(std::move(result));
    return {};
}

Status Parser::resolve(const Interface& interface, const Type& type)
{
    if (type.kind == Type::Named && !interface.type(type.name))
        return fail(Code::InvalidArgument, fmt::format("type {} is not there", type.name));
    for (const Type& element : type.element)
        TRY(resolve(interface, element));
    for (const Field& field : type.fields)
        TRY(resolve(interface, field.type));
    return {};
}

Result<Interface> Parser::parse()
{
    Interface interface;
    interface.comment = m_comment;
    TRY(expect("interface"));
    interface.name = TRY(word(goodInterfaceName, "an interface name"));
    while (!m_token.empty())
        TRY(member(interface));
    for (const auto* definitions : {&interface.types, &interface.errors}) {
        for (const Definition& definition : *definitions)
            TRY(resolve(interface, definition.type));
    }
    for (const Method& one : interface.methods) {
        TRY(resolve(interface, one.in));
        TRY(resolve(interface, one.out));
    }
    return interface;
}

} // namespace

Result<Interface> parseInterface(std::string_view text)
{
    if (text.size() > size_t{256} << 10)
        return fail(Code::InvalidArgument, "an interface description of more than 256 KiB");
    return Parser(text).parse();
}

} // namespace diptych::varlink
