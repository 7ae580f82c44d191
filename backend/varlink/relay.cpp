#include "varlink/relay.h"

#include <sys/epoll.h>
#include <unistd.h>

namespace diptych::varlink {

static constexpr size_t roomPerSide = size_t{64} << 10;

Result<std::unique_ptr<Relay>> Relay::start(Loop& loop, UniqueFd a, UniqueFd b, std::string first,
                                            std::function<void()> done)
{
    std::unique_ptr<Relay> relay(new Relay);
    relay->m_sides[0].fd = std::move(a);
    relay->m_sides[1].fd = std::move(b);
    relay->m_sides[1].out = std::move(first);
    relay->m_done = std::move(done);
    Relay* raw = relay.get();
    for (size_t i = 0; i < 2; ++i) {
        Side& side = relay->m_sides[i];
        TRY(setNonBlocking(side.fd.get()));
        uint32_t events = EPOLLIN | (side.out.empty() ? 0U : EPOLLOUT);
        side.source = TRY(loop.watch(side.fd.get(), events, [raw, i](uint32_t revents) { raw->ready(i, revents); }));
    }
    return relay;
}

void Relay::read(Side& from, Side& to)
{
    char buffer[16384];
    while (to.out.size() < roomPerSide) {
        ssize_t n = ::read(from.fd.get(), buffer, sizeof buffer);
        if (n > 0) {
            to.out.append(buffer, static_cast<size_t>(n));
            if (static_cast<size_t>(n) < sizeof buffer)
                return;
        } else if (n < 0 && errno == EINTR) {
            continue;
        } else {
            from.ended = n == 0 || errno != EAGAIN || from.hungUp; // EIO: the other end of a pty was closed
            return;
        }
    }
}

bool Relay::write(Side& side)
{
    while (!side.out.empty()) {
        ssize_t n = ::write(side.fd.get(), side.out.data(), side.out.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno == EAGAIN;
        side.out.erase(0, static_cast<size_t>(n));
    }
    return true;
}

void Relay::ready(size_t index, uint32_t revents)
{
    Side& side = m_sides[index];
    side.hungUp = side.hungUp || (revents & (EPOLLHUP | EPOLLERR));
    for (size_t i = 0; i < 2; ++i)
        move(m_sides[i], m_sides[1 - i]);
    update();
}

void Relay::move(Side& from, Side& to)
{
    if (!from.ended)
        read(from, to);
    if (!write(to))
        to.ended = true;
    // The room that was made; after a hang-up nobody wakes us for the rest.
    while (from.hungUp && !from.ended && to.out.size() < roomPerSide) {
        size_t before = to.out.size();
        read(from, to);
        from.ended = from.ended || to.out.size() == before;
    }
}

void Relay::update()
{
    for (size_t i = 0; i < 2; ++i) {
        Side& side = m_sides[i];
        Side& other = m_sides[1 - i];
        if (side.ended && (other.ended || other.out.empty())) {
            auto done = std::move(m_done);
            m_sides[0].source.reset();
            m_sides[1].source.reset();
            if (done)
                done();
            return;
        }
    }
    for (size_t i = 0; i < 2; ++i) {
        Side& side = m_sides[i];
        if (side.ended || side.hungUp) {
            side.source.reset(); // epoll reports a hang-up whether asked or not, again and again
            continue;
        }
        bool room = m_sides[1 - i].out.size() < roomPerSide;
        setEvents(side.source, (room ? EPOLLIN : 0U) | (side.out.empty() ? 0U : EPOLLOUT));
    }
}

} // namespace diptych::varlink
