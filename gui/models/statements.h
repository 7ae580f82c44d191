// The helper's stable words in the user's language. An unknown word is shown as the helper wrote it.
#pragma once

#include "client/types.h"

namespace diptych::models {

QString statement(const client::IsolationRow& row); ///< the sentence of an isolation row; fallback row.text
QString resourceName(const QString& resource);      ///< "kernel": "Kernel"
QString levelName(int level);                       ///< 1: "shared"
QString levelDescription(int level);                ///< a sentence
QString claimName(const QString& claim);            ///< "boot id inside"
QString stepName(const QString& step);              ///< of a timeline or operation: "pivot_root": "Change the root"
QString verbName(const QString& verb);              ///< "start": "start"
QString verbPast(const QString& verb);              ///< "start": "started"; also of events: "exited"
QString verbProgress(const QString& verb, const QString& subject); ///< "Starting web"
QString verbFailed(const QString& verb, const QString& subject);   ///< "web could not be started"
QString verbDone(const QString& verb, const QString& subject);     ///< "web is started"
QString outcomeName(const QString& outcome);                       ///< "denied"
QString permissionName(const QString& action);        ///< "org.diptych.delete": "delete instances and images"
QString errorText(const client::Error& error);        ///< sentence with cause and mend
QString missingTitle(const client::Missing& missing); ///< "kvm": "No hardware virtualization (KVM)"
QString missingText(const client::Missing& missing);  ///< what it means, reason and mend

} // namespace diptych::models
