#include "images/modules.h"

#include "base/files.h"
#include "images/archive.h"

#include <algorithm>
#include <elf.h>
#include <map>
#include <set>
#include <sys/stat.h>

namespace diptych::images {

namespace {
/// Kernel, modprobe and file names write the same module with "-" or "_".
std::string canonical(std::string_view name)
{
    std::string result(name.substr(0, name.find('.')));
    std::replace(result.begin(), result.end(), '-', '_');
    return result;
}

std::string_view baseName(std::string_view path)
{
    return path.substr(path.find_last_of('/') + 1);
}

void findFiles(const std::string& directory, int depth, std::map<std::string, std::string>& files)
{
    auto names = listDirectory(directory);
    for (const std::string& name : names ? *names : std::vector<std::string>{}) {
        std::string path = directory + "/" + name;
        struct stat st
        {
        };
        if (::lstat(path.c_str(), &st) < 0)
            continue;
        if (S_ISDIR(st.st_mode) && depth < 16)
            findFiles(path, depth + 1, files);
        else if (S_ISREG(st.st_mode) && name.find(".ko") != std::string::npos)
            files.emplace(canonical(name), path);
    }
}

template <typename T>
bool copyAt(std::string_view data, size_t at, T& into)
{
    if (at > data.size() || data.size() - at < sizeof into)
        return false;
    data.copy(reinterpret_cast<char*>(&into), sizeof into, at);
    return true;
}

std::string_view section(std::string_view elf, std::string_view wanted)
{
    Elf64_Ehdr header{};
    Elf64_Shdr names{};
    if (!copyAt(elf, 0, header) || elf.substr(0, SELFMAG) != ELFMAG ||
        !copyAt(elf, header.e_shoff + size_t{header.e_shstrndx} * sizeof names, names))
        return {};
    for (size_t i = 0; i < header.e_shnum; ++i) {
        Elf64_Shdr s{};
        if (!copyAt(elf, header.e_shoff + i * sizeof s, s) || names.sh_offset + s.sh_name >= elf.size())
            return {};
        std::string_view name = elf.substr(names.sh_offset + s.sh_name);
        if (name.substr(0, name.find('\0')) == wanted && s.sh_offset <= elf.size())
            return elf.substr(s.sh_offset, s.sh_size);
    }
    return {};
}

class Resolver final
{
public:
    explicit Resolver(const std::string& directory)
    {
        findFiles(directory + "/kernel", 0, m_files);
        findFiles(directory + "/updates", 0, m_files);
    }

    Status add(const std::string& name)
    {
        auto it = m_files.find(name);
        // Built in, or not there: the guest tells what it misses.
        if (it == m_files.end() || !m_seen.insert(name).second)
            return {};
        std::string module = TRY(readCompressed(it->second, size_t{64} << 20));
        for (const std::string& needed : dependenciesOf(module)) {
            TRY(add(needed));
            // A soft dependency may name an algorithm, of which the general implementation always works.
            TRY(add(needed + "_generic"));
        }
        m_order.push_back(it->second);
        return {};
    }

    std::vector<std::string> take() { return std::move(m_order); }

private:
    std::map<std::string, std::string> m_files;
    std::set<std::string> m_seen;
    std::vector<std::string> m_order;
};
} // namespace

std::vector<std::string> dependenciesOf(std::string_view module)
{
    std::vector<std::string> needed;
    for (std::string_view line : split(section(module, ".modinfo"), '\0')) {
        size_t equals = line.find('=');
        if (equals == std::string_view::npos)
            continue;
        std::string_view key = line.substr(0, equals), value = line.substr(equals + 1);
        if (key == "depends")
            for (std::string_view name : split(value, ','))
                if (!name.empty())
                    needed.push_back(canonical(name));
        if (key == "softdep" && value.substr(0, 4) == "pre:") {
            value = value.substr(4, value.find("post:") == std::string_view::npos ? std::string_view::npos
                                                                                  : value.find("post:") - 4);
            for (std::string_view name : split(value, ' '))
                if (!name.empty())
                    needed.push_back(canonical(name));
        }
    }
    return needed;
}

std::string moduleFileName(const std::string& path)
{
    return canonical(baseName(path)) + ".ko";
}

Result<std::vector<std::string>> modulesFor(const std::string& directory, const std::vector<std::string>& wanted)
{
    Resolver resolver(directory);
    for (const std::string& name : wanted)
        TRY(resolver.add(canonical(name)));
    return resolver.take();
}

} // namespace diptych::images
