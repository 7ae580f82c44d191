#include "client/file_worker.h"

namespace diptych::client {

void FileReader::open()
{
    if (m_file.open(QIODevice::ReadOnly))
        emit opened(m_file.size());
    else
        emit failed(m_file.errorString());
}

void FileReader::next()
{
    const QByteArray bytes = m_file.read(ChunkSize);
    if (bytes.isEmpty() && m_file.error() != QFileDevice::NoError)
        emit failed(m_file.errorString());
    else
        emit chunk(bytes);
}

void FileWriter::open()
{
    m_file = std::make_unique<QSaveFile>(m_path);
    if (m_file->open(QIODevice::WriteOnly))
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
