#include "client/file_worker.h"

namespace diptych::client {

namespace {

constexpr qint64 tarBlock = 512;

qint64 inBlocks(qint64 size)
{
    return (size + tarBlock - 1) / tarBlock * tarBlock;
}

void put(QByteArray& header, qsizetype at, const QByteArray& text)
{
    header.replace(at, text.size(), text);
}

QByteArray octal(qint64 value, int digits)
{
    return QByteArray::number(value, 8).rightJustified(digits, '0');
}

/// ustar; a size beyond 8 GiB as GNU tar writes it.
QByteArray tarHeader(const QString& name, qint64 size)
{
    constexpr qint64 mostOctal = qint64{1} << 33;
    QByteArray header(tarBlock, '\0');
    put(header, 0, name.toUtf8().left(100));
    put(header, 100, "0000644");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    if (size < mostOctal)
        put(header, 124, octal(size, 11));
    else
        for (int i = 0; i < 8; ++i)
            header[135 - i] = char(size >> 8 * i & 0xff);
    if (size >= mostOctal)
        header[124] = char(0x80);
    put(header, 136, "00000000000");
    put(header, 148, "        ");
    header[156] = '0';
    put(header, 257, QByteArray("ustar\00000", 8));
    qint64 sum = 0;
    for (const char c : std::as_const(header))
        sum += quint8(c);
    put(header, 148, octal(sum, 6) + QByteArray("\0 ", 2));
    return header;
}

} // namespace

void FileReader::open()
{
    if (m_pack.members.isEmpty()) {
        m_file.setFileName(m_pack.file);
        if (m_file.open(QIODevice::ReadOnly))
            emit opened(m_file.size());
        else
            emit failed(m_file.errorString());
        return;
    }
    qint64 all = 2 * tarBlock; // of zeros, the end
    for (const FilePack::Member& member : std::as_const(m_pack.members)) {
        m_sizes.append(QFile(member.path).size());
        all += tarBlock + inBlocks(m_sizes.last());
    }
    emit opened(all);
}

bool FileReader::openMember()
{
    m_file.close();
    m_file.setFileName(m_pack.members.at(m_member).path);
    if (m_file.open(QIODevice::ReadOnly))
        return true;
    emit failed(m_file.errorString());
    return false;
}

QByteArray FileReader::nextOfTar()
{
    if (m_left == 0) {
        if (++m_member > m_pack.members.size())
            return QByteArray(""); // the end
        if (m_member == m_pack.members.size())
            return QByteArray(2 * tarBlock, '\0');
        if (!openMember())
            return {};
        m_left = m_sizes.at(m_member);
        return tarHeader(m_pack.members.at(m_member).name, m_left);
    }
    QByteArray bytes = m_file.read(std::min(ChunkSize, m_left));
    if (bytes.isEmpty()) {
        emit failed(m_file.error() == QFileDevice::NoError ? tr("it became shorter") : m_file.errorString());
        return {};
    }
    m_left -= bytes.size();
    if (m_left == 0)
        bytes.append(inBlocks(m_sizes.at(m_member)) - m_sizes.at(m_member), '\0');
    return bytes;
}

void FileReader::next()
{
    if (!m_pack.members.isEmpty()) {
        if (const QByteArray bytes = nextOfTar(); !bytes.isNull())
            emit chunk(bytes);
        return;
    }
    const QByteArray bytes = m_file.read(ChunkSize);
    if (bytes.isEmpty() && m_file.error() != QFileDevice::NoError)
        emit failed(m_file.errorString());
    else
        emit chunk(bytes);
}

void FileWriter::open(bool ownersOnly)
{
    m_file = std::make_unique<QSaveFile>(m_path);
    if (m_file->open(QIODevice::WriteOnly) &&
        (!ownersOnly || m_file->setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)))
        emit opened();
    else
        emit failed(m_file->errorString());
}

void FileWriter::write(const QByteArray& bytes)
{
    if (!m_file)
        return;
    if (m_file->write(bytes) == bytes.size()) {
        emit written(bytes.size());
        return;
    }
    const QString reason = m_file->errorString();
    m_file.reset(); // what stood there stays
    emit failed(reason);
}

void FileWriter::commit()
{
    if (!m_file)
        return;
    if (m_file->commit())
        emit committed();
    else
        emit failed(m_file->errorString());
    m_file.reset();
}

} // namespace diptych::client
