package io.peerway.architecture.broken.model;

import software.amazon.awssdk.services.sts.StsClient;

record AsksAws(StsClient sts) {}
