// What can be asked of a recording. Events are spoken of by index into the recording; -1 is none.

const WORLD = -1;

/** Index of the first value of a sorted array that is not below the one given. */
function lowerBound(values, value, from = 0, until = values.length) {
  let low = from;
  let high = until;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

class Model {
  constructor(recording) {
    Object.assign(this, recording);
    const { events, messages } = this;
    this.first = events.count > 0 ? events.number[0] : 1;
    this.begin = events.count > 0 ? events.t[0] : 0;
    this.end = Math.max(events.count > 0 ? events.t[events.count - 1] : 0, this.facts.failureNanos || 0);
    if (this.end <= this.begin) {
      this.end = this.begin + 1e6;
    }
    this.byNode = this.nodes.map(() => []);
    for (let i = 0; i < events.count; i++) {
      this.byNode[events.node[i]].push(i);
    }
    this.nameMessages();
    this.tieMessages();
    this.indexStates();
    this.lifeSpans = this.nodes.map(() => []);
    this.indexLives();
    this.partitions = this.findPartitions();
    this.failureIndex = this.indexOf(this.facts.failureEvent);
    if (this.facts.verdict !== 'ok' && this.failureIndex < 0 && events.count > 0 && this.eventsAfter === 0) {
      this.failureIndex = events.count - 1;
    }
  }

  /** Index of an event by its number in the run; -1 if it was not recorded. */
  indexOf(number) {
    const index = number - this.first;
    return index >= 0 && index < this.events.count ? index : -1;
  }

  nameMessages() {
    const { messages } = this;
    const kinds = new Map();
    messages.kind = new Int32Array(messages.count);
    this.kinds = [];
    for (let i = 0; i < messages.count; i++) {
      const name = /^[\w.-]*/.exec(messages.body[i])[0] || 'message';
      const key = messages.protocol[i] + ' ' + name;
      let kind = kinds.get(key);
      if (kind === undefined) {
        kind = this.kinds.length;
        kinds.set(key, kind);
        this.kinds.push({ name, protocol: messages.protocol[i], count: 0, lost: 0, isShown: true });
      }
      messages.kind[i] = kind;
      this.kinds[kind].count++;
      this.kinds[kind].lost += messages.loss[i] === '' ? 0 : 1;
    }
  }

  /** Ties sends to deliveries: which message an event delivers, where a message arrived first. */
  tieMessages() {
    const { events, messages } = this;
    const n = messages.count;
    this.delivered = new Int32Array(events.count).fill(-1);
    this.arrival = new Int32Array(n).fill(-1);
    this.sendIndex = new Int32Array(n);
    for (let i = 0; i < events.count; i++) {
      if (events.message[i] > 0) {
        const m = lowerBound(messages.id, events.message[i]);
        if (m < n && messages.id[m] === events.message[i]) {
          this.delivered[i] = m;
          if (this.arrival[m] < 0) {
            this.arrival[m] = i;
          }
        }
      }
    }
    this.longest = 0;
    this.endT = new Float64Array(n);
    for (let m = 0; m < n; m++) {
      this.sendIndex[m] = this.indexOf(messages.event[m]);
      const arrival = this.arrival[m];
      this.endT[m] = arrival >= 0 ? events.t[arrival] : messages.loss[m] !== '' ? messages.lossT[m] : this.end;
    }
  }

  /** Messages that an event sent. */
  sends(index) {
    const number = this.events.number[index];
    const from = lowerBound(this.messages.event, number);
    const until = lowerBound(this.messages.event, number + 1, from);
    return range(from, until);
  }

  linesOf(index) {
    return this.rowsOf(this.lines, index).filter((line) => this.lines.node[line] !== WORLD);
  }

  marksOf(index) {
    return this.rowsOf(this.marks, index);
  }

  changesOf(index) {
    const node = this.events.node[index];
    return this.rowsOf(this.changes, index).filter((change) => this.changes.node[change] === node);
  }

  rowsOf(table, index) {
    const number = this.events.number[index];
    const from = lowerBound(table.event, number);
    return range(from, lowerBound(table.event, number + 1, from));
  }

  /** For each node and each name: the events at which the value changed, and the values. */
  indexStates() {
    const { changes } = this;
    this.fields = this.nodes.map(() => new Map());
    this.isChanging = new Uint8Array(this.events.count);
    for (let i = 0; i < changes.count; i++) {
      const fields = this.fields[changes.node[i]];
      let field = fields.get(changes.name[i]);
      if (!field) {
        field = { events: [], values: [] };
        fields.set(changes.name[i], field);
      }
      const index = Math.max(-1, changes.event[i] - this.first);
      field.events.push(index);
      field.values.push(changes.value[i]);
      if (index >= 0 && index < this.events.count) {
        this.isChanging[index] = 1;
      }
    }
    this.roleField = this.nodes.map((_, node) => this.fieldNamed(node, /(^|\.)role$/i));
    this.termField = this.nodes.map((_, node) => this.fieldNamed(node, /(^|\.)term$/i));
    this.roles = this.nodes.map((_, node) => this.spansOf(this.roleField[node]));
  }

  fieldNamed(node, pattern) {
    for (const [name, field] of this.fields[node]) {
      if (pattern.test(name)) {
        return field;
      }
    }
    return null;
  }

  spansOf(field) {
    const spans = [];
    if (!field) {
      return spans;
    }
    for (let i = 0; i < field.events.length; i++) {
      const last = spans[spans.length - 1];
      if (last && last.value === field.values[i]) {
        continue;
      }
      const index = field.events[i];
      if (last) {
        last.to = index;
      }
      spans.push({ from: index, to: this.events.count, value: field.values[i] });
    }
    return spans.filter((span) => span.value !== null && span.to > span.from);
  }

  /** A field's value as of an event, and the event that set it; null if it has none. */
  valueAt(field, index) {
    if (!field) {
      return null;
    }
    const i = lowerBound(field.events, index + 1) - 1;
    return i < 0 || field.values[i] === null ? null : { value: field.values[i], since: field.events[i], order: i };
  }

  /** The described state of a node after an event: names in their order, with values. */
  stateAt(node, index) {
    const state = [];
    for (const [name, field] of this.fields[node]) {
      const now = this.valueAt(field, index);
      if (now) {
        const before = now.order > 0 ? field.values[now.order - 1] : null;
        state.push({ name, value: now.value, since: now.since, before, isNew: now.since === index });
      }
    }
    return state;
  }

  indexLives() {
    const { lives } = this;
    const open = this.nodes.map(() => null);
    for (let i = 0; i < lives.count; i++) {
      const node = lives.node[i];
      const moment = { t: lives.t[i], e: lives.event[i] - this.first + 0.5 };
      if (open[node]) {
        this.lifeSpans[node].push({ ...open[node], to: moment });
        open[node] = null;
      }
      if (lives.turn[i] === 'crash' || lives.turn[i] === 'pause') {
        open[node] = { what: lives.turn[i] === 'crash' ? 'down' : 'paused', from: moment };
      }
    }
    const end = { t: this.end, e: this.events.count };
    open.forEach((span, node) => span && this.lifeSpans[node].push({ ...span, to: end }));
  }

  lifeAt(node, t) {
    const span = this.lifeSpans[node].find((s) => s.from.t <= t && (t < s.to.t || s.to.t >= this.end));
    return span ? span.what : 'up';
  }

  /** Spans in which not everybody reaches everybody: to which group each node belongs, and single directions cut. */
  findPartitions() {
    const size = this.nodes.length;
    const cut = this.nodes.map(() => new Uint8Array(size));
    const spans = [];
    let from = null;
    let i = 0;
    while (i < this.cuts.count) {
      const moment = { t: this.cuts.t[i], e: this.cuts.event[i] - this.first + 0.5 };
      if (from) {
        this.addPartition(spans, from, moment, cut);
      }
      while (i < this.cuts.count && this.cuts.t[i] === moment.t) {
        cut[this.cuts.from[i]][this.cuts.to[i]] = this.cuts.isCut[i];
        i++;
      }
      from = moment;
    }
    if (from) {
      this.addPartition(spans, from, { t: this.end, e: this.events.count }, cut);
    }
    return spans;
  }

  addPartition(spans, from, to, cut) {
    const size = this.nodes.length;
    const group = new Array(size).fill(-1);
    let groups = 0;
    for (let start = 0; start < size; start++) {
      if (group[start] >= 0) {
        continue;
      }
      const queue = [start];
      group[start] = groups;
      while (queue.length > 0) {
        const a = queue.pop();
        for (let b = 0; b < size; b++) {
          if (group[b] < 0 && !cut[a][b] && !cut[b][a]) {
            group[b] = groups;
            queue.push(b);
          }
        }
      }
      groups++;
    }
    const oneWay = [];
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        if (cut[a][b] && (!cut[b][a] || (group[a] === group[b] && a < b))) {
          oneWay.push([a, b, cut[b][a] === 1]);
        }
      }
    }
    if (groups > 1 || oneWay.length > 0) {
      spans.push({ from, to, group, groups, oneWay });
    }
  }

  /** A moment as a place on the axis of events, for a time. */
  orderAt(t) {
    const index = lowerBound(this.events.t, t);
    if (index >= this.events.count) {
      return this.events.count;
    }
    const before = index > 0 ? this.events.t[index - 1] : t;
    const gap = this.events.t[index] - before;
    return index === 0 || gap <= 0 ? index : index - 1 + (t - before) / gap;
  }

  timeAt(order) {
    const { t, count } = this.events;
    if (count === 0) {
      return this.begin;
    }
    const low = Math.max(0, Math.min(count - 1, Math.floor(order)));
    const high = Math.min(count - 1, low + 1);
    return t[low] + (t[high] - t[low]) * Math.max(0, Math.min(1, order - low));
  }

  /** The last event of a node at or before an event. */
  lastOn(node, index) {
    const list = this.byNode[node];
    const i = lowerBound(list, index + 1) - 1;
    return i < 0 ? -1 : list[i];
  }

  titleOf(index) {
    const m = this.delivered[index];
    if (m >= 0) {
      return this.kinds[this.messages.kind[m]].name + ' from ' + this.nodes[this.messages.from[m]];
    }
    const subject = this.events.subject[index];
    return (this.events.kind[index] + ' ' + (subject || '')).trim();
  }
}

function range(from, until) {
  const list = [];
  for (let i = from; i < until; i++) {
    list.push(i);
  }
  return list;
}
