package io.peerway.architecture.broken.plan;

import com.amazonaws.services.lambda.runtime.Context;

record KnowsLambda(Context context) {}
