package io.peerway.functions.seen.html;

/**
 * Where each service of the picture stands.
 *
 * @param width of the whole picture
 * @param top where it begins
 */
record Grid(int width, int count, int top, int columns) {
  static final int CELL_HEIGHT = 64;
  private static final int ROW = CELL_HEIGHT + 8;
  private static final int BUS = 16;
  private static final int RIGHT = 4;

  // Few are shown broad; of many as many as possible side by side.
  private static final int FEW = 40;
  private static final int BROAD = 250;
  private static final int NARROW = 206;

  static Grid of(int width, int count, int top) {
    int least = count <= FEW ? BROAD : NARROW;
    int columns = Math.max(1, Math.min(Math.max(1, count), width / least));
    return new Grid(width, count, top, columns);
  }

  private int column() {
    return width / columns;
  }

  int rows() {
    return (count + columns - 1) / columns;
  }

  /** Where the line of a column goes down. */
  int bus(int n) {
    return (n % columns) * column() + BUS / 2;
  }

  int x(int n) {
    return (n % columns) * column() + BUS;
  }

  int y(int n) {
    return top + 12 + (n / columns) * ROW;
  }

  int cellWidth() {
    return column() - BUS - RIGHT;
  }

  int bottom() {
    return top + 12 + rows() * ROW;
  }
}
