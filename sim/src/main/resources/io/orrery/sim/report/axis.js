// The top of the diagram: the axis, the world's doings under it, the moment of the failure, the cursor.

/** Pixels that the words of one fault may take; the whole is told when one points at it. */
const LABEL_MOST = 190;

class Axis extends Layer {
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
      c.fillRect(x, AXIS_HEIGHT, 1, this.scene.bottom - AXIS_HEIGHT);
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
    for (const operation of this.view.world.operations) {
      const x = this.x(this.place(operation.t, operation.e));
      if (x >= 0 && x <= this.width) {
        c.fillRect(x, top + WORLD_HEIGHT - 6, 1, 4);
      }
    }
    c.globalAlpha = 1;
    let free = -1000;
    for (const fault of this.view.world.faults) {
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
      c.fillRect(x - 0.5, top + WORLD_HEIGHT, 1, this.scene.bottom - top - WORLD_HEIGHT);
      c.globalAlpha = 1;
      this.addHit({ x0: x - 6, x1: x + 6, y0: top, y1: top + WORLD_HEIGHT, text: fault.what + ' ' + fault.text, t: fault.t });
      if (x > free) {
        const text = this.fitted(fault.text, LABEL_MOST);
        c.fillStyle = colour;
        c.fillText(text, x - 3, top + 11);
        free = x + c.measureText(text).width + 12;
      }
    }
  }

  fitted(text, most) {
    const { width } = this.context.measureText(text);
    return width <= most ? text : text.slice(0, Math.floor((text.length * most) / width)) + '…';
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
    c.fillRect(x - 0.75, AXIS_HEIGHT, 1.5, this.scene.bottom - AXIS_HEIGHT);
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
    c.fillRect(x - 0.5, AXIS_HEIGHT, 1, this.scene.bottom - AXIS_HEIGHT);
    const text = this.view.isOrder ? '#' + numberText(Math.round(cursor) + this.model.first) : timeText(cursor);
    const width = c.measureText(text).width + 10;
    const left = Math.max(0, Math.min(this.width - width, x - width / 2));
    c.beginPath();
    c.roundRect(left, 2, width, AXIS_HEIGHT - 4, 4);
    c.fill();
    c.fillStyle = this.colours.paper;
    c.fillText(text, left + 5, AXIS_HEIGHT / 2);
  }
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
