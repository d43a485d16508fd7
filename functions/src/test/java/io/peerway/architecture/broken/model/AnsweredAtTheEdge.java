package io.peerway.architecture.broken.model;

/** Implemented at the edge. */
public interface AnsweredAtTheEdge {
  String answer();
}
