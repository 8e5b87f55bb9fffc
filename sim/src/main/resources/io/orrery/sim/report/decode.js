// Reads the page's data: base 64 of raw deflate of columns, as ColumnWriter and RecordingCodec write them.

class Columns {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
    const count = this.count();
    const utf8 = new TextDecoder();
    this.strings = [null];
    for (let i = 0; i < count; i++) {
      const length = this.count();
      this.strings.push(utf8.decode(bytes.subarray(this.at, this.at + length)));
      this.at += length;
    }
  }

  count() {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * scale;
      if (byte < 128) {
        return value;
      }
      scale *= 128;
    }
  }

  signed() {
    const value = this.count();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  text() {
    return this.strings[this.count()];
  }

  plain(count) {
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      values[i] = this.signed();
    }
    return values;
  }

  deltas(count) {
    const values = this.plain(count);
    for (let i = 1; i < count; i++) {
      values[i] += values[i - 1];
    }
    return values;
  }

  /** Numbers in the table of strings; text(column[i]) would be this.strings[column[i]]. */
  numbers(count) {
    const values = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      values[i] = this.count();
    }
    return values;
  }

  /** A column of yes and no, as its bytes: the first row in the lowest bit. */
  bits(count) {
    const length = Math.ceil(count / 8);
    this.at += length;
    return this.bytes.slice(this.at - length, this.at);
  }

  texts(count) {
    return Array.from(this.numbers(count), (number) => this.strings[number]);
  }
}

async function readColumns() {
  const text = document.getElementById('data').textContent.trim();
  const packed = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Columns(new Uint8Array(await new Response(stream).arrayBuffer()));
}

function readRecording(c) {
  const version = c.count();
  if (version !== 1) {
    throw new Error('this page cannot read data of version ' + version);
  }
  const facts = {
    seed: c.text(),
    workload: c.text(),
    scenario: c.text(),
    verdict: c.text(),
    failure: c.text(),
    failureNode: c.text(),
    failureNanos: Number(c.text()),
    failureEvent: Number(c.text()),
    hash: c.text(),
    nanos: Number(c.text()),
    events: Number(c.text()),
    replay: c.text(),
  };
  const eventsBefore = Number(c.text());
  const eventsAfter = Number(c.text());
  const nodes = c.texts(c.count());
  let n = c.count();
  const events = {
    count: n, number: c.deltas(n), t: c.deltas(n), node: c.plain(n), kind: c.texts(n), subject: c.texts(n), message: c.deltas(n),
  };
  n = c.count();
  const messages = {
    count: n, id: c.deltas(n), event: c.deltas(n), t: c.deltas(n), from: c.plain(n), to: c.plain(n), protocol: c.plain(n),
    group: c.plain(n), stream: c.plain(n), bytes: c.plain(n), body: c.texts(n), loss: c.texts(n), lossT: c.plain(n),
  };
  for (let i = 0; i < n; i++) {
    messages.lossT[i] = messages.loss[i] === '' ? NaN : messages.t[i] + messages.lossT[i];
  }
  n = c.count();
  const lines = {
    count: n, event: c.deltas(n), t: c.deltas(n), node: c.plain(n), scope: c.texts(n), what: c.texts(n), why: c.texts(n),
  };
  n = c.count();
  const marks = { count: n, event: c.deltas(n), node: c.plain(n), mark: c.texts(n) };
  n = c.count();
  const lives = { count: n, event: c.deltas(n), t: c.deltas(n), node: c.plain(n), turn: c.texts(n) };
  n = c.count();
  const cuts = { count: n, event: c.deltas(n), t: c.deltas(n), from: c.plain(n), to: c.plain(n), isCut: c.plain(n) };
  n = c.count();
  const changes = { count: n, event: c.deltas(n), node: c.plain(n), name: c.texts(n), value: c.texts(n) };
  return { facts, eventsBefore, eventsAfter, nodes, events, messages, lines, marks, lives, cuts, changes };
}
