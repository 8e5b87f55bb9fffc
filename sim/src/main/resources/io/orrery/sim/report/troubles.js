// What befell the nodes: partitions as hatched bands between lanes, crashes and pauses on them, steps of clocks.

class Troubles extends Layer {
  constructor(scene) {
    super(scene);
    this.patterns = new Map();
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
        c.fillRect(x, AXIS_HEIGHT + WORLD_HEIGHT, 1, this.scene.bottom - AXIS_HEIGHT - WORLD_HEIGHT);
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
        this.addHit({ x0: left, x1: left + width, y0: y - height / 2, y1: y + height / 2, text: `${name} ${span.what} for ${spanText(span.to.t - span.from.t)}` });
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

  /** Steps and drifts of a node's clock, on its lane. */
  drawClocks() {
    const c = this.context;
    for (const fault of this.view.world.faults) {
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
      this.addHit({ x0: x - 7, x1: x + 7, y0: y - 7, y1: y + 7, text: fault.text });
    }
  }
}
