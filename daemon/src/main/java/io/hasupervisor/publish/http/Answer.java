package io.hasupervisor.publish.http;

import io.hasupervisor.publish.ControlPlane.ReadyStatus;
import io.hasupervisor.publish.StatusJson;

/** An HTTP answer: status code, content type and body. */
record Answer(int code, String type, String body) {
  static Answer json(String body) {
    return new Answer(200, "application/json", body);
  }

  static Answer text(String body) {
    return new Answer(200, "text/plain; charset=utf-8", body);
  }

  static Answer ready(ReadyStatus it) {
    return new Answer(it.ready() ? 200 : 503, "application/json", StatusJson.of(it));
  }

  static Answer error(int code, String sentence) {
    return new Answer(code, "application/json", StatusJson.error(sentence));
  }
}
