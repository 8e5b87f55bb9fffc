// The whole recording in a strip: roles of all nodes, how busy it was, faults, and the part in view.

class Overview {
  constructor(view) {
    this.view = view;
    this.model = view.model;
    this.canvas = document.getElementById('overview');
    this.context = this.canvas.getContext('2d');
    this.still = document.createElement('canvas');
  }

  resize() {
    const box = this.canvas.parentElement.getBoundingClientRect();
    const ratio = window.devicePixelRatio || 1;
    this.width = Math.max(50, Math.floor(box.width));
    this.height = Math.max(30, Math.floor(box.height));
    for (const canvas of [this.canvas, this.still]) {
      canvas.width = this.width * ratio;
      canvas.height = this.height * ratio;
      canvas.getContext('2d').setTransform(ratio, 0, 0, ratio, 0, 0);
    }
    this.canvas.style.width = this.width + 'px';
    this.canvas.style.height = this.height + 'px';
    this.isStale = true;
  }

  x(u) {
    return ((u - this.view.least) / (this.view.most - this.view.least)) * this.width;
  }

  u(x) {
    return this.view.least + (x / this.width) * (this.view.most - this.view.least);
  }

  place(t, e) {
    return this.view.isOrder ? e : t;
  }

  /** What does not change while one pans is drawn once. */
  drawStill() {
    const c = this.still.getContext('2d');
    const { model, view } = this;
    const colours = view.colours;
    c.fillStyle = colours.panel;
    c.fillRect(0, 0, this.width, this.height);
    const rows = Math.min(4, (this.height * 0.5) / model.nodes.length);
    const columns = new Float64Array(this.width + 1);
    const lost = new Float64Array(this.width + 1);
    for (let i = 0; i < model.events.count; i++) {
      columns[Math.max(0, Math.min(this.width, Math.floor(this.x(view.isOrder ? i : model.events.t[i]))))]++;
    }
    for (let m = 0; m < model.messages.count; m++) {
      if (model.messages.loss[m] !== '') {
        const e = view.isOrder ? model.orderAt(model.messages.lossT[m]) : 0;
        lost[Math.max(0, Math.min(this.width, Math.floor(this.x(this.place(model.messages.lossT[m], e)))))]++;
      }
    }
    const top = this.height - model.nodes.length * rows - 3;
    const most = Math.max(1, percentile(columns, 0.995));
    for (let x = 0; x <= this.width; x++) {
      const height = Math.min(1, columns[x] / most) * (top - 8);
      c.fillStyle = colours.hair;
      c.fillRect(x, top - height, 1, height);
      c.fillStyle = colours.bad;
      const red = Math.min(1, lost[x] / most) * (top - 8);
      c.fillRect(x, top - red, 1, red);
    }
    c.fillStyle = colours.split;
    c.globalAlpha = 0.25;
    for (const span of model.partitions) {
      const x0 = this.x(this.place(span.from.t, span.from.e));
      c.fillRect(x0, 0, Math.max(1, this.x(this.place(span.to.t, span.to.e)) - x0), span.groups > 1 ? 5 : 2);
    }
    c.globalAlpha = 1;
    this.drawRows(c, top + 2, rows);
    for (const fault of view.world.faults) {
      c.fillStyle = fault.isCalm ? colours.good : fault.isClock ? colours.clock : colours.fault;
      c.fillRect(this.x(this.place(fault.t, fault.e)) - 0.75, 0, 1.5, 6);
    }
    if (model.facts.verdict !== 'ok') {
      c.fillStyle = colours.bad;
      c.fillRect(this.x(this.place(model.facts.failureNanos, Math.max(0, model.failureIndex))) - 1, 0, 2, this.height);
    }
  }

  drawRows(c, top, rows) {
    const { model, view } = this;
    model.nodes.forEach((_, node) => {
      for (const span of model.roles[node]) {
        const x0 = this.x(view.scene.lanes.spanStart(span));
        const x1 = this.x(view.scene.lanes.spanEnd(span));
        c.globalAlpha = /follower/i.test(span.value) ? 0.3 : 0.95;
        c.fillStyle = roleColour(view.colours, span.value);
        c.fillRect(x0, top + node * rows, Math.max(1, x1 - x0), rows - 0.5);
      }
      c.globalAlpha = 1;
      for (const span of model.lifeSpans[node]) {
        const x0 = this.x(this.place(span.from.t, span.from.e));
        const x1 = this.x(this.place(span.to.t, span.to.e));
        c.fillStyle = span.what === 'down' ? view.colours.down : view.colours.paused;
        c.fillRect(x0, top + node * rows, Math.max(1, x1 - x0), rows - 0.5);
      }
    });
  }

  draw() {
    const c = this.context;
    if (this.isStale) {
      this.drawStill();
      this.isStale = false;
    }
    c.drawImage(this.still, 0, 0, this.width, this.height);
    const { view } = this;
    const x0 = this.x(view.from);
    const x1 = Math.max(x0 + 3, this.x(view.to));
    c.fillStyle = view.colours.paper;
    c.globalAlpha = 0.45;
    c.fillRect(0, 0, x0, this.height);
    c.fillRect(x1, 0, this.width, this.height);
    c.globalAlpha = 1;
    c.strokeStyle = view.colours.accent;
    c.lineWidth = 1.5;
    c.strokeRect(x0 + 0.5, 0.75, x1 - x0 - 1, this.height - 1.5);
    if (view.found) {
      c.fillStyle = view.colours.accent;
      for (const index of view.found.list) {
        c.fillRect(this.x(view.isOrder ? index : this.model.events.t[index]) - 0.5, this.height - 4, 1.5, 4);
      }
    }
    if (view.cursor !== null) {
      c.fillStyle = view.colours.accent;
      c.fillRect(this.x(view.cursor) - 0.5, 0, 1, this.height);
    }
  }
}

function percentile(values, share) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
