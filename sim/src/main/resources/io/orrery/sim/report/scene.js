// The space-time diagram: a lane per node, time to the right. Drawn anew for every frame from what is in view only.

const AXIS_HEIGHT = 22;
const WORLD_HEIGHT = 34;
const ARROWS_WITH_HEADS = 500;
const ARROWS_MAX = 7000;

class Scene {
  constructor(view) {
    this.view = view;
    this.model = view.model;
    this.canvas = view.canvas;
    this.context = this.canvas.getContext('2d');
    this.hits = [];
    this.patterns = new Map();
    this.prepareReach();
  }

  /** For finding the messages in view: the greatest end among each block of messages, in the order sent. */
  prepareReach() {
    const { messages } = this.model;
    this.block = 256;
    this.reach = new Float64Array(Math.ceil(messages.count / this.block)).fill(-Infinity);
    for (let m = 0; m < messages.count; m++) {
      const b = (m / this.block) | 0;
      this.reach[b] = Math.max(this.reach[b], this.model.endT[m]);
    }
  }

  resize() {
    const box = this.canvas.parentElement.getBoundingClientRect();
    const ratio = window.devicePixelRatio || 1;
    this.width = Math.max(50, Math.floor(box.width));
    this.height = Math.max(80, Math.floor(box.height));
    this.canvas.width = this.width * ratio;
    this.canvas.height = this.height * ratio;
    this.canvas.style.width = this.width + 'px';
    this.canvas.style.height = this.height + 'px';
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const room = this.height - AXIS_HEIGHT - WORLD_HEIGHT;
    const lanes = Math.max(1, this.model.nodes.length);
    this.lane = Math.max(26, Math.min(110, room / lanes));
    this.contentHeight = this.lane * lanes;
    this.view.clampScroll(this.contentHeight - room);
    this.patterns.clear();
  }

  laneY(node) {
    return AXIS_HEIGHT + WORLD_HEIGHT + (node + 0.5) * this.lane - this.view.scroll;
  }

  /** Places on the axis are of the unit shown: nanoseconds, or events. */
  x(u) {
    return ((u - this.view.from) / (this.view.to - this.view.from)) * this.width;
  }

  u(x) {
    return this.view.from + (x / this.width) * (this.view.to - this.view.from);
  }

  place(t, e) {
    return this.view.isOrder ? e : t;
  }

  eventU(i) {
    return this.view.isOrder ? i : this.model.events.t[i];
  }

  draw() {
    const c = this.context;
    this.colours = this.view.colours;
    this.hits = [];
    c.clearRect(0, 0, this.width, this.height);
    c.fillStyle = this.colours.paper;
    c.fillRect(0, 0, this.width, this.height);
    c.font = '11px ' + this.view.sans;
    c.textBaseline = 'middle';
    this.fromT = this.view.timeOf(this.view.from);
    this.toT = this.view.timeOf(this.view.to);
    this.firstEvent = lowerBound(this.model.events.t, this.fromT);
    this.lastEvent = lowerBound(this.model.events.t, this.toT + 1);
    c.save();
    c.beginPath();
    c.rect(0, AXIS_HEIGHT + WORLD_HEIGHT, this.width, this.height);
    c.clip();
    this.drawLanes();
    this.drawRoles();
    this.drawMessages();
    this.drawPartitions();
    this.drawLives();
    this.drawEvents();
    this.drawClocks();
    c.restore();
    this.drawAxis();
    this.drawWorld();
    this.drawFailure();
    this.drawCursor();
  }

  drawLanes() {
    const c = this.context;
    this.model.nodes.forEach((_, node) => {
      const y = this.laneY(node);
      if (node % 2 === 1) {
        c.fillStyle = this.colours.faint;
        c.fillRect(0, y - this.lane / 2, this.width, this.lane);
      }
      c.fillStyle = this.colours.line;
      c.fillRect(0, Math.round(y), this.width, 1);
    });
  }

  hatch(colour, isBack, gap = 7) {
    const key = colour + isBack + gap;
    let pattern = this.patterns.get(key);
    if (!pattern) {
      const ratio = window.devicePixelRatio || 1;
      const tile = document.createElement('canvas');
      tile.width = tile.height = gap * ratio;
      const t = tile.getContext('2d');
      t.scale(ratio, ratio);
      t.strokeStyle = colour;
      t.lineWidth = 1.1;
      t.beginPath();
      for (const shift of [-gap, 0, gap]) {
        t.moveTo(shift, isBack ? 0 : gap);
        t.lineTo(shift + gap, isBack ? gap : 0);
      }
      t.stroke();
      pattern = this.context.createPattern(tile, 'repeat');
      pattern.setTransform(new DOMMatrix().scale(1 / ratio));
      this.patterns.set(key, pattern);
    }
    return pattern;
  }

  /** Between neighbours that a partition keeps apart runs a hatched band; letters say who is with whom. */
  drawPartitions() {
    const c = this.context;
    for (const span of this.model.partitions) {
      const x0 = this.x(this.place(span.from.t, span.from.e));
      const x1 = this.x(this.place(span.to.t, span.to.e));
      if (x1 < 0 || x0 > this.width || x1 - x0 < 0.3) {
        continue;
      }
      const left = Math.max(0, x0);
      const right = Math.min(this.width, x1);
      if (span.groups > 1) {
        this.drawGroups(span, left, right, x0, x1);
      }
      c.strokeStyle = this.colours.split;
      c.lineWidth = 1;
      if (right - left > 30 && span.oneWay.length <= 8) {
        this.drawOneWays(span, left, right);
      }
    }
  }

  drawGroups(span, left, right, x0, x1) {
    const c = this.context;
    const last = this.model.nodes.length - 1;
    const band = Math.min(13, this.lane * 0.26);
    for (let node = 0; node < last; node++) {
      if (span.group[node] !== span.group[node + 1]) {
        const y = (this.laneY(node) + this.laneY(node + 1)) / 2;
        c.fillStyle = this.colours.split;
        c.globalAlpha = 0.13;
        c.fillRect(left, y - band / 2, right - left, band);
        c.globalAlpha = 0.75;
        c.fillStyle = this.hatch(this.colours.split, false, 6);
        c.fillRect(left, y - band / 2, right - left, band);
        c.globalAlpha = 1;
      }
    }
    c.fillStyle = this.colours.split;
    c.globalAlpha = 0.35;
    for (const x of [x0, x1]) {
      if (x >= 0 && x <= this.width) {
        c.fillRect(x, AXIS_HEIGHT + WORLD_HEIGHT, 1, this.contentHeight);
      }
    }
    c.globalAlpha = 1;
    if (right - left > 26) {
      c.font = '600 9px ' + this.view.sans;
      c.textAlign = 'center';
      this.model.nodes.forEach((_, node) => {
        const letter = String.fromCharCode(65 + (span.group[node] % 26));
        c.fillStyle = this.colours.split;
        c.globalAlpha = 0.9;
        c.fillText(letter, left + 8, this.laneY(node) + Math.min(this.lane * 0.36, 19));
      });
      c.globalAlpha = 1;
      c.font = '11px ' + this.view.sans;
      c.textAlign = 'left';
    }
  }

  drawOneWays(span, left, right) {
    const c = this.context;
    span.oneWay.forEach(([a, b, isBoth], i) => {
      const x = left + 20 + ((i * 9) % Math.max(10, Math.min(80, right - left - 26)));
      const y0 = this.laneY(a);
      const y1 = this.laneY(b);
      const down = Math.sign(y1 - y0);
      c.globalAlpha = 0.5;
      c.setLineDash([2, 3]);
      c.beginPath();
      c.moveTo(x, y0);
      c.lineTo(x, y1);
      c.stroke();
      c.setLineDash([]);
      c.globalAlpha = 0.85;
      c.beginPath();
      const tip = y1 - down * 9;
      c.moveTo(x - 4, tip);
      c.lineTo(x + 4, tip);
      if (!isBoth) {
        c.moveTo(x - 3, tip - down * 6);
        c.lineTo(x, tip - down * 1);
        c.lineTo(x + 3, tip - down * 6);
      }
      c.stroke();
    });
    c.globalAlpha = 1;
  }

  drawRoles() {
    const c = this.context;
    const height = Math.max(8, Math.min(20, this.lane * 0.36));
    this.model.nodes.forEach((_, node) => {
      const y = this.laneY(node);
      let covered = -1;
      for (const span of this.model.roles[node]) {
        const x0 = Math.max(-2, this.x(this.spanStart(span)));
        const x1 = Math.min(this.width + 2, this.x(this.spanEnd(span)));
        if (x1 < 0 || x0 > this.width || x1 <= covered) {
          continue;
        }
        const width = Math.max(1, x1 - x0);
        covered = x0 + width;
        c.fillStyle = roleColour(this.colours, span.value);
        const isQuiet = /follower|member/i.test(span.value);
        c.globalAlpha = isQuiet ? 0.28 : 0.55;
        c.fillRect(x0, y - height / 2, width, height);
        c.globalAlpha = 1;
        if (width > 64 && height >= 12) {
          this.drawRoleName(node, span, Math.max(4, x0 + 5), y, height, x1);
        }
      }
    });
  }

  spanStart(span) {
    return span.from < 0 ? (this.view.isOrder ? 0 : this.model.begin) : this.eventU(span.from);
  }

  spanEnd(span) {
    const { events } = this.model;
    return span.to < events.count ? this.eventU(span.to) : this.view.isOrder ? events.count : this.model.end;
  }

  drawRoleName(node, span, x, y, height, right) {
    const c = this.context;
    const first = this.model.valueAt(this.model.termField[node], Math.max(span.from, this.firstEvent));
    const last = this.model.valueAt(this.model.termField[node], Math.min(span.to, this.lastEvent) - 1);
    const terms = !last ? '' : first && first.value !== last.value ? ` · terms ${first.value}–${last.value}` : ' · term ' + last.value;
    const text = span.value.toLowerCase().replaceAll('_', ' ') + terms;
    c.font = '600 9.5px ' + this.view.sans;
    if (x + c.measureText(text).width < right - 4) {
      c.fillStyle = this.colours.ink;
      c.globalAlpha = 0.62;
      c.fillText(text, x, y - height / 2 - 6);
      c.globalAlpha = 1;
    }
    c.font = '11px ' + this.view.sans;
  }

  drawLives() {
    const c = this.context;
    const height = Math.max(10, Math.min(26, this.lane * 0.5));
    this.model.nodes.forEach((name, node) => {
      const y = this.laneY(node);
      for (const span of this.model.lifeSpans[node]) {
        const x0 = this.x(this.place(span.from.t, span.from.e));
        const x1 = this.x(this.place(span.to.t, span.to.e));
        if (x1 < 0 || x0 > this.width) {
          continue;
        }
        const isDown = span.what === 'down';
        const left = Math.max(-5, x0);
        const width = Math.max(1.5, Math.min(this.width + 5, x1) - left);
        c.fillStyle = this.colours.paper;
        c.fillRect(left, y - height / 2, width, height);
        c.fillStyle = isDown ? this.colours.down : this.colours.paused;
        c.globalAlpha = 0.16;
        c.fillRect(left, y - height / 2, width, height);
        c.globalAlpha = 0.85;
        c.fillStyle = this.hatch(isDown ? this.colours.down : this.colours.paused, !isDown, isDown ? 6 : 9);
        c.fillRect(left, y - height / 2, width, height);
        c.globalAlpha = 1;
        c.strokeStyle = isDown ? this.colours.down : this.colours.paused;
        c.lineWidth = 1;
        c.strokeRect(left + 0.5, y - height / 2 + 0.5, width - 1, height - 1);
        this.hits.push({ x0: left, x1: left + width, y0: y - height / 2, y1: y + height / 2, text: `${name} ${span.what} for ${spanText(span.to.t - span.from.t)}` });
        this.drawTurn(x0, y - height / 2, isDown, true);
        if (span.to.e < this.model.events.count) {
          this.drawTurn(x1, y - height / 2, isDown, false);
        }
        if (width > 50) {
          this.drawTag(isDown ? 'down' : 'paused', left + 6, y, isDown ? this.colours.down : this.colours.paused);
        }
      }
    });
  }

  /** A crash or a boot: a triangle down or up above the lane; a pause has none. */
  drawTurn(x, y, isDown, isBegin) {
    if (!isDown || x < -6 || x > this.width + 6) {
      return;
    }
    const c = this.context;
    c.fillStyle = isBegin ? this.colours.bad : this.colours.good;
    c.beginPath();
    c.moveTo(x, isBegin ? y - 1 : y - 9);
    c.lineTo(x - 5, isBegin ? y - 9 : y - 1);
    c.lineTo(x + 5, isBegin ? y - 9 : y - 1);
    c.fill();
  }

  drawTag(text, x, y, colour) {
    const c = this.context;
    c.font = '600 10px ' + this.view.sans;
    const width = c.measureText(text).width;
    c.fillStyle = this.colours.paper;
    c.fillRect(x - 3, y - 7, width + 6, 14);
    c.fillStyle = colour;
    c.fillText(text, x, y + 0.5);
    c.font = '11px ' + this.view.sans;
  }

  isShown(m) {
    const { messages, kinds } = this.model;
    const { hiddenNodes, isLostOnly } = this.view;
    return kinds[messages.kind[m]].isShown && !(hiddenNodes.has(messages.from[m]) || hiddenNodes.has(messages.to[m]))
      && (!isLostOnly || messages.loss[m] !== '');
  }

  /** 0 for what is outside the cone that is shown, 1 inside, 2 for the chosen event's own messages. */
  weight(m) {
    const { cone, isDecisive, selected } = this.view;
    const send = this.model.sendIndex[m];
    const arrival = this.model.arrival[m];
    if (selected >= 0 && (send === selected || arrival === selected)) {
      return 2;
    }
    return !cone || (cone.has(send, isDecisive) && cone.has(arrival, isDecisive)) ? 1 : 0;
  }

  drawMessages() {
    const { messages } = this.model;
    const until = lowerBound(messages.t, this.toT + 1);
    const levels = [[], [], []];
    for (let b = 0; b * this.block < until; b++) {
      if (this.reach[b] < this.fromT) {
        continue;
      }
      const stop = Math.min(until, (b + 1) * this.block);
      for (let m = b * this.block; m < stop; m++) {
        if (this.model.endT[m] >= this.fromT && this.isShown(m)) {
          levels[this.weight(m)].push(m);
        }
      }
    }
    const total = levels[0].length + levels[1].length + levels[2].length;
    this.view.messagesInView = total;
    const isDense = total > ARROWS_WITH_HEADS;
    const hasCone = this.view.cone !== null;
    this.drawLevel(levels[0], 0.16, isDense ? 0.6 : 0.8, false, 0);
    this.drawLevel(levels[1], hasCone ? 0.95 : Math.max(0.14, Math.min(0.78, 620 / Math.max(1, total))), isDense ? 0.9 : 1.3, levels[1].length <= ARROWS_WITH_HEADS, 1);
    this.drawLevel(levels[2], 1, 2.2, true, 2);
  }

  drawLevel(list, alpha, width, hasHeads, level) {
    const c = this.context;
    const seen = new Set();
    const coarse = list.length > 1500 ? 3 : 0;
    const lost = [];
    const paths = new Map();
    // Of too many, every second, fourth, eighth by number: the same ones wherever one pans. Lost ones always.
    let mask = 0;
    while (list.length / (mask + 1) > ARROWS_MAX) {
      mask = mask * 2 + 1;
    }
    for (const m of list) {
      if ((m & mask) !== 0 && this.model.messages.loss[m] === '') {
        continue;
      }
      const line = this.arrow(m);
      if (coarse) {
        const key = (((line.x0 / coarse) | 0) * 64 + line.from) * 64 + line.to + (((line.x1 / coarse) | 0) & 255) * 4096 * 4096;
        if (seen.has(key)) {
          continue;
        }
        seen.add(key);
      }
      if (line.isLost) {
        lost.push(line);
      }
      const kind = this.model.messages.kind[m];
      let path = paths.get(kind);
      if (!path) {
        path = { lines: new Path2D(), heads: new Path2D(), dashed: new Path2D() };
        paths.set(kind, path);
      }
      const target = line.arrives ? path.lines : path.dashed;
      if (line.isSelf) {
        target.moveTo(line.x0, line.y0);
        target.bezierCurveTo(line.x0, line.y0 - 14, line.x1, line.y1 - 14, line.x1, line.y1);
      } else {
        target.moveTo(line.x0, line.y0);
        target.lineTo(line.x1, line.y1);
      }
      if (hasHeads && !line.isLost && line.arrives) {
        arrowHead(path.heads, line, level === 2 ? 8 : 6);
      }
      if (level > 0 || list.length < 1500) {
        this.hits.push({ message: m, ...line });
      }
    }
    c.globalAlpha = alpha;
    c.lineWidth = width;
    for (const [kind, path] of paths) {
      c.strokeStyle = c.fillStyle = this.model.kinds[kind].colour;
      c.stroke(path.lines);
      c.setLineDash([4, 3]);
      c.stroke(path.dashed);
      c.setLineDash([]);
      c.fill(path.heads);
    }
    this.drawCrosses(lost, Math.max(alpha, level === 0 ? 0.3 : 0.95), list.length > 1500 ? 2.5 : 4);
    c.globalAlpha = 1;
  }

  drawCrosses(lost, alpha, size) {
    const c = this.context;
    c.globalAlpha = alpha;
    c.strokeStyle = this.colours.bad;
    c.lineWidth = 1.5;
    c.beginPath();
    for (const line of lost) {
      c.moveTo(line.x1 - size, line.y1 - size);
      c.lineTo(line.x1 + size, line.y1 + size);
      c.moveTo(line.x1 + size, line.y1 - size);
      c.lineTo(line.x1 - size, line.y1 + size);
    }
    c.stroke();
  }

  /** Where a message's line runs; a lost one ends on its way, or at the lane of a node that was down. */
  arrow(m) {
    const { messages, arrival, sendIndex, events, first } = this.model;
    const from = messages.from[m];
    const to = messages.to[m];
    const send = sendIndex[m] >= 0 ? sendIndex[m] : messages.event[m] - first;
    const x0 = this.x(this.place(messages.t[m], send));
    const y0 = this.laneY(from);
    const yTo = this.laneY(to);
    const a = arrival[m];
    if (a >= 0) {
      return { from, to, x0, y0, x1: this.x(this.eventU(a)), y1: yTo, isLost: false, arrives: true, isSelf: from === to };
    }
    if (messages.loss[m] !== '') {
      const lossU = this.view.isOrder ? Math.max(send, this.model.orderAt(messages.lossT[m])) : messages.lossT[m];
      const x1 = Math.max(x0 + 7, Math.min(this.x(lossU), x0 + 260));
      const share = messages.loss[m] === 'down' ? 0.92 : 0.45;
      return { from, to, x0, y0, x1, y1: y0 + (yTo - y0) * share, isLost: true, arrives: false, isSelf: false };
    }
    // Still under way at the end: a short line says where to.
    const x1 = Math.min(this.x(this.view.isOrder ? events.count : this.model.end), x0 + 34);
    return { from, to, x0, y0, x1, y1: y0 + (yTo - y0) * 0.3, isLost: false, arrives: false, isSelf: false };
  }

  drawEvents() {
    const c = this.context;
    const { events, delivered, messages, kinds, isChanging } = this.model;
    const { cone, isDecisive, selected, found, hiddenNodes } = this.view;
    const count = this.lastEvent - this.firstEvent;
    const isDense = count > this.width * this.model.nodes.length * 0.25;
    const radius = isDense ? 1.3 : count > 400 ? 2 : 3;
    const lastX = new Float64Array(this.model.nodes.length).fill(-10);
    for (let i = this.firstEvent; i < this.lastEvent; i++) {
      const node = events.node[i];
      const x = this.x(this.eventU(i));
      const isIn = !cone || cone.has(i, isDecisive);
      const isFound = found && found.events.has(i);
      if (!isFound && i !== selected && x - lastX[node] < (isIn ? 0.8 : 1.6)) {
        continue;
      }
      lastX[node] = x;
      const y = this.laneY(node);
      const m = delivered[i];
      c.globalAlpha = hiddenNodes.has(node) ? 0.15 : isIn ? 1 : 0.28;
      c.fillStyle = m >= 0 ? kinds[messages.kind[m]].colour : this.colours.soft;
      const r = isChanging[i] && isIn ? radius + 1 : radius;
      if (isDense) {
        c.fillRect(x - 0.6, y - (isIn ? 4 : 2), 1.2, isIn ? 8 : 4);
      } else {
        c.beginPath();
        if (m >= 0) {
          c.arc(x, y, r, 0, 7);
        } else {
          c.rect(x - r + 0.5, y - r + 0.5, 2 * r - 1, 2 * r - 1);
        }
        c.fill();
      }
      if (isFound) {
        c.globalAlpha = 1;
        c.strokeStyle = this.colours.accent;
        c.lineWidth = 1.6;
        c.beginPath();
        c.arc(x, y, radius + 4, 0, 7);
        c.stroke();
      }
    }
    c.globalAlpha = 1;
    this.drawMarks(isDense);
    if (selected >= 0) {
      const x = this.x(this.eventU(selected));
      const y = this.laneY(events.node[selected]);
      c.strokeStyle = this.colours.accent;
      c.lineWidth = 2.2;
      c.beginPath();
      c.arc(x, y, 7.5, 0, 7);
      c.stroke();
    }
  }

  drawMarks(isDense) {
    const c = this.context;
    const { marks, first } = this.model;
    const from = lowerBound(marks.event, this.firstEvent + first);
    const until = lowerBound(marks.event, this.lastEvent + first);
    if (isDense || until - from > 400) {
      return;
    }
    c.fillStyle = this.colours.mark;
    for (let k = from; k < until; k++) {
      const index = marks.event[k] - first;
      const x = this.x(this.eventU(index));
      const y = this.laneY(marks.node[k]) + Math.min(15, this.lane * 0.32);
      c.beginPath();
      c.moveTo(x, y - 3.5);
      c.lineTo(x + 3.5, y);
      c.lineTo(x, y + 3.5);
      c.lineTo(x - 3.5, y);
      c.fill();
      this.hits.push({ x0: x - 5, x1: x + 5, y0: y - 5, y1: y + 5, text: 'mark ' + marks.mark[k], event: index });
    }
  }

  /** Steps and drifts of a node's clock, on its lane. */
  drawClocks() {
    const c = this.context;
    for (const fault of this.view.faults) {
      if (!fault.isClock || fault.nodes.length === 0) {
        continue;
      }
      const x = this.x(this.place(fault.t, fault.e));
      if (x < -10 || x > this.width + 10) {
        continue;
      }
      const y = this.laneY(fault.nodes[0]) - Math.min(16, this.lane * 0.33);
      c.strokeStyle = this.colours.clock;
      c.fillStyle = this.colours.paper;
      c.lineWidth = 1.5;
      c.beginPath();
      c.arc(x, y, 5.5, 0, 7);
      c.fill();
      c.stroke();
      c.beginPath();
      c.moveTo(x, y - 3.5);
      c.lineTo(x, y);
      c.lineTo(x + 2.5, y + 1.5);
      c.stroke();
      this.hits.push({ x0: x - 7, x1: x + 7, y0: y - 7, y1: y + 7, text: fault.text });
    }
  }

  drawAxis() {
    const c = this.context;
    c.fillStyle = this.colours.panel;
    c.fillRect(0, 0, this.width, AXIS_HEIGHT);
    c.fillStyle = this.colours.hair;
    c.fillRect(0, AXIS_HEIGHT - 1, this.width, 1);
    const span = this.view.to - this.view.from;
    const step = niceStep(span / Math.max(2, this.width / 120), this.view.isOrder);
    c.textAlign = 'left';
    for (let u = Math.ceil(this.view.from / step) * step; u <= this.view.to; u += step) {
      const x = this.x(u);
      c.fillStyle = this.colours.hair;
      c.fillRect(x, AXIS_HEIGHT - 6, 1, 6);
      c.globalAlpha = 0.35;
      c.fillRect(x, AXIS_HEIGHT, 1, this.height);
      c.globalAlpha = 1;
      c.fillStyle = this.colours.soft;
      c.fillText(this.view.isOrder ? '#' + numberText(u + this.model.first) : axisText(u, step), x + 4, AXIS_HEIGHT / 2);
    }
  }

  drawWorld() {
    const c = this.context;
    const top = AXIS_HEIGHT;
    c.fillStyle = this.colours.faint;
    c.fillRect(0, top, this.width, WORLD_HEIGHT);
    c.fillStyle = this.colours.hair;
    c.fillRect(0, top + WORLD_HEIGHT - 1, this.width, 1);
    c.fillStyle = this.colours.soft;
    c.globalAlpha = 0.35;
    for (const operation of this.view.operations) {
      const x = this.x(this.place(operation.t, operation.e));
      if (x >= 0 && x <= this.width) {
        c.fillRect(x, top + WORLD_HEIGHT - 6, 1, 4);
      }
    }
    c.globalAlpha = 1;
    let free = -1000;
    for (const fault of this.view.faults) {
      const x = this.x(this.place(fault.t, fault.e));
      if (x < -300 || x > this.width) {
        continue;
      }
      const colour = fault.isCalm ? this.colours.good : fault.isClock ? this.colours.clock : this.colours.fault;
      c.fillStyle = colour;
      c.globalAlpha = fault.isVoid ? 0.35 : 1;
      c.beginPath();
      c.moveTo(x, top + WORLD_HEIGHT - 3);
      c.lineTo(x - 4, top + WORLD_HEIGHT - 11);
      c.lineTo(x + 4, top + WORLD_HEIGHT - 11);
      c.fill();
      c.globalAlpha = 0.22;
      c.fillRect(x - 0.5, top + WORLD_HEIGHT, 1, this.height);
      c.globalAlpha = 1;
      this.hits.push({ x0: x - 6, x1: x + 6, y0: top, y1: top + WORLD_HEIGHT, text: fault.what + ' ' + fault.text, t: fault.t });
      const width = c.measureText(fault.text).width;
      if (x > free) {
        c.fillStyle = colour;
        c.fillText(fault.text, x - 3, top + 11);
        free = x + width + 12;
      }
    }
  }

  drawFailure() {
    const { failureIndex, facts, events } = this.model;
    if (facts.verdict === 'ok') {
      return;
    }
    const c = this.context;
    const x = this.x(this.view.isOrder ? (failureIndex >= 0 ? failureIndex : events.count) : facts.failureNanos);
    if (x < -2 || x > this.width + 2) {
      return;
    }
    c.fillStyle = this.colours.bad;
    c.fillRect(x - 0.75, AXIS_HEIGHT, 1.5, this.height);
    const label = facts.verdict + ' broken here';
    c.font = '600 11px ' + this.view.sans;
    const width = c.measureText(label).width + 12;
    const left = Math.max(0, Math.min(this.width - width, x - width / 2));
    c.beginPath();
    c.roundRect(left, 2, width, AXIS_HEIGHT - 4, 4);
    c.fill();
    c.fillStyle = '#fff';
    c.fillText(label, left + 6, AXIS_HEIGHT / 2);
    c.font = '11px ' + this.view.sans;
    const node = failureIndex >= 0 ? events.node[failureIndex] : -1;
    if (node >= 0 && facts.failureNode !== '') {
      star(c, x, this.laneY(node), 10, this.colours.bad, this.colours.paper);
    }
  }

  drawCursor() {
    const c = this.context;
    const { cursor } = this.view;
    if (cursor === null) {
      return;
    }
    const x = this.x(cursor);
    if (x < 0 || x > this.width || this.view.selected === this.model.failureIndex && this.view.selected >= 0) {
      return;
    }
    c.fillStyle = this.colours.accent;
    c.fillRect(x - 0.5, AXIS_HEIGHT, 1, this.height);
    const text = this.view.isOrder ? '#' + numberText(Math.round(cursor) + this.model.first) : timeText(cursor);
    const width = c.measureText(text).width + 10;
    const left = Math.max(0, Math.min(this.width - width, x - width / 2));
    c.beginPath();
    c.roundRect(left, 2, width, AXIS_HEIGHT - 4, 4);
    c.fill();
    c.fillStyle = this.colours.paper;
    c.fillText(text, left + 5, AXIS_HEIGHT / 2);
  }

  /** The event nearest to a point of the canvas, if one is near; lanes first, then what else was drawn. */
  eventAt(x, y) {
    let best = -1;
    let bestDistance = 10;
    const node = this.nodeAt(y);
    if (node < 0 || Math.abs(y - this.laneY(node)) > Math.min(14, this.lane / 2)) {
      return -1;
    }
    const list = this.model.byNode[node];
    const from = lowerBound(list, this.view.isOrder ? this.u(x - 10) : lowerBound(this.model.events.t, this.u(x - 10)));
    for (let k = from; k < list.length; k++) {
      const distance = Math.abs(this.x(this.eventU(list[k])) - x);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = list[k];
      } else if (this.x(this.eventU(list[k])) > x + 10) {
        break;
      }
    }
    return best;
  }

  nodeAt(y) {
    const node = Math.floor((y - AXIS_HEIGHT - WORLD_HEIGHT + this.view.scroll) / this.lane);
    return node >= 0 && node < this.model.nodes.length && y > AXIS_HEIGHT + WORLD_HEIGHT ? node : -1;
  }

  /** What was drawn under a point: a message's line, a fault, a mark; null if nothing. */
  hitAt(x, y) {
    let best = null;
    let bestDistance = 5;
    for (const hit of this.hits) {
      if (hit.message === undefined) {
        if (x >= hit.x0 && x <= hit.x1 && y >= hit.y0 && y <= hit.y1) {
          return hit;
        }
        continue;
      }
      const distance = distanceToLine(x, y, hit);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = hit;
      }
    }
    return best;
  }
}

function distanceToLine(x, y, line) {
  const dx = line.x1 - line.x0;
  const dy = line.y1 - line.y0;
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - line.x0) * dx + (y - line.y0) * dy) / length));
  return Math.hypot(x - line.x0 - share * dx, y - line.y0 - share * dy);
}

function arrowHead(path, line, size) {
  const angle = line.isSelf ? Math.PI / 2 : Math.atan2(line.y1 - line.y0, line.x1 - line.x0);
  const back = 3;
  const x = line.x1 - back * Math.cos(angle);
  const y = line.y1 - back * Math.sin(angle);
  path.moveTo(x, y);
  path.lineTo(x - size * Math.cos(angle - 0.4), y - size * Math.sin(angle - 0.4));
  path.lineTo(x - size * Math.cos(angle + 0.4), y - size * Math.sin(angle + 0.4));
  path.closePath();
}

function star(c, x, y, size, colour, edge) {
  c.beginPath();
  for (let i = 0; i < 16; i++) {
    const r = i % 2 === 0 ? size : size * 0.5;
    const angle = (i * Math.PI) / 8;
    c.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
  }
  c.closePath();
  c.fillStyle = colour;
  c.fill();
  c.lineWidth = 1.5;
  c.strokeStyle = edge;
  c.stroke();
}

/** The next of 1, 2, 5 times a power of ten. */
function niceStep(least, isWhole) {
  const power = Math.pow(10, Math.floor(Math.log10(Math.max(least, 1e-9))));
  const step = [1, 2, 5, 10].map((k) => k * power).find((s) => s >= least);
  return isWhole ? Math.max(1, Math.round(step)) : Math.max(1, step);
}

function axisText(nanos, step) {
  const digits = Math.max(0, Math.min(9, Math.ceil(-Math.log10(step / 1e9) - 1e-9)));
  return (nanos / 1e9).toFixed(digits) + ' s';
}
