// Images as a busy machine has them: common bases, histories, files. For looking at the window, not for tests that
// count.
#pragma once

#include "images/images.h"

namespace diptych::fake {

std::vector<images::Image> sampleImages();
std::vector<images::Step> sampleHistory(const images::Image& image, const std::vector<images::Image>& all);
std::vector<images::FileEntry> sampleFiles();

} // namespace diptych::fake
