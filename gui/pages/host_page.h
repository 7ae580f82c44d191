// The host itself over time, from now to a month ago: what stands below the instances.
#pragma once

#include "pages/context.h"

namespace diptych::pages {

class Header;
class HostCharts;

class HostPage final : public Page
{
    Q_OBJECT
public:
    explicit HostPage(const Context& context, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override { return tr("Host history"); }
    void shown() override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray& state) override;

private:
    void tellHost();

    Header* m_header;
    HostCharts* m_charts;
};

} // namespace diptych::pages
