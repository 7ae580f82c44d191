#include "pages/connection_picker.h"

#include "models/connection_words.h"

#include <QStandardItemModel>

namespace diptych::pages {

using namespace Qt::StringLiterals;

ConnectionPicker::ConnectionPicker(models::InstanceStore& store, For what, const QString& feature, QWidget* parent)
    : QComboBox(parent), m_store(store), m_what(what), m_feature(feature)
{
    setAccessibleName(tr("Libvirt connection"));
    setToolTip(what == For::Filter ? tr("Show the machines of one libvirt connection only")
                                   : tr("Whose storage and networks these are"));
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
    setMaximumWidth(fontMetrics().averageCharWidth() * 22);
    if (what == For::Place)
        m_last = QString();
    fill();
    connect(&store, &models::InstanceStore::connectionsChanged, this, &ConnectionPicker::fill);
    connect(this, &QComboBox::currentIndexChanged, this, [this] {
        if (connection() == m_last)
            return;
        m_last = connection();
        emit chosen();
    });
}

std::optional<QString> ConnectionPicker::connection() const
{
    const QVariant data = currentData();
    return data.isValid() ? std::optional(data.toString()) : std::nullopt;
}

void ConnectionPicker::fill()
{
    const auto before = m_last;
    {
        const QSignalBlocker quiet(this);
        clear();
        if (m_what == For::Filter)
            addItem(tr("all connections"));
        addItem(tr("this machine"), QString());
        for (const client::LibvirtConnection& one : m_store.connections()) {
            addItem(one.name, one.id);
            QString reason = one.state == u"connected"_s ? QString() : models::connectionState(one);
            for (const client::Lack& lack : one.lacks)
                if (lack.feature == m_feature)
                    reason = lack.reason;
            setItemData(count() - 1, reason.isEmpty() ? one.uri : one.uri + u'\n' + reason, Qt::ToolTipRole);
            if (m_what == For::Place)
                static_cast<QStandardItemModel*>(model())->item(count() - 1)->setEnabled(reason.isEmpty());
        }
        const int index = before ? findData(*before) : 0;
        setCurrentIndex(std::max(index, 0));
    }
    setVisible(!m_store.connections().isEmpty());
    if (connection() != before) {
        m_last = connection();
        emit chosen();
    }
}

} // namespace diptych::pages
