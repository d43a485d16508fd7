package io.peerway.scenarios;

import org.jspecify.annotations.Nullable;

/**
 * One AWS API call as its caller saw it.
 *
 * @param function the Lambda function that called, if one did
 * @param resource every EC2 id of the request and of what it created
 * @param effect whether it reached the service and succeeded there
 */
record Call(
    int seq,
    String account,
    @Nullable String function,
    @Nullable String connection,
    String region,
    String action,
    String resource,
    @Nullable String error,
    boolean mutating,
    boolean effect) {}
