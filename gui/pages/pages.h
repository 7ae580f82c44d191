// Every page, for the window.
#pragma once

#include "pages/activity_page.h"
#include "pages/compare_page.h"
#include "pages/groups_page.h"
#include "pages/host_page.h"
#include "pages/images_page.h"
#include "pages/instances_page.h"
#include "pages/namespaces_page.h"
#include "pages/networks_page.h"
#include "pages/new_instance_page.h"
#include "pages/overview_page.h"
#include "pages/storage_page.h"
