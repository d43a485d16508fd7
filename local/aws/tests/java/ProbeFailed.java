public final class ProbeFailed extends RuntimeException {
  public ProbeFailed(String message) {
    super(message);
  }
}
