package io.peerway.architecture.broken.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;

final class TextUtils {
  static String last = "";
  static final List<String> seen = new ArrayList<>();
  static final AtomicInteger counted = new AtomicInteger();

  private TextUtils() {}

  static void print(String text) {
    System.out.println(text);
  }

  static void log(String text) {
    Logger.getLogger("text").info(text);
  }

  static void pause() throws InterruptedException {
    Thread.sleep(1000);
  }
}
