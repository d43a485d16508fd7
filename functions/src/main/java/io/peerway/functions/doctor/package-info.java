/** The steps of {@code diagnose}, in their order: BeginDiagnosis, ConcludeDiagnosis. */
@NullMarked
package io.peerway.functions.doctor;

import org.jspecify.annotations.NullMarked;
