package io.peerway.architecture.broken.functions.connect;

import io.peerway.architecture.broken.functions.account.Survey;

/** A step that needs a step of another workflow. */
final class KnowsAccount {
  Survey survey = new Survey();
}
