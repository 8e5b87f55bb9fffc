// Messages as lines from lane to lane; what never arrived ends in a cross.

const ARROWS_WITH_HEADS = 500;
const ARROWS_MAX = 7000;

class Arrows extends Layer {
  constructor(scene) {
    super(scene);
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
    const until = lowerBound(messages.t, this.scene.toT + 1);
    const levels = [[], [], []];
    for (let b = 0; b * this.block < until; b++) {
      if (this.reach[b] < this.scene.fromT) {
        continue;
      }
      const stop = Math.min(until, (b + 1) * this.block);
      for (let m = b * this.block; m < stop; m++) {
        if (this.model.endT[m] >= this.scene.fromT && this.isShown(m)) {
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
        this.addHit({ message: m, ...line });
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
