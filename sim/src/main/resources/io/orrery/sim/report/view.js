// What is in view, what is chosen, and what all parts of the page know of each other.

class View {
  constructor(model) {
    this.model = model;
    this.isOrder = false;
    this.scroll = 0;
    this.selected = -1;
    this.cursor = null;
    this.cone = null;
    this.isDecisive = true;
    this.hiddenNodes = new Set();
    this.isLostOnly = false;
    this.found = null;
    this.query = '';
    this.canvas = document.getElementById('canvas');
    this.sans = getComputedStyle(document.documentElement).getPropertyValue('--sans');
    this.colours = themeColours();
    colourKinds(model);
    this.world = new World(model);
    this.setExtent();
    this.from = this.least;
    this.to = this.most;
    this.scene = new Scene(this);
    this.overview = new Overview(this);
    this.gutter = new Gutter(this);
    this.inspector = new Inspector(this);
    this.log = new Log(this);
    this.search = new Search(this);
    this.legend = new Legend(this);
    this.address = new Address(this);
    this.player = new Player(this);
    this.input = new Input(this);
  }

  setExtent() {
    const { model } = this;
    const [low, high] = this.isOrder ? [0, model.events.count] : [model.begin, model.end];
    const margin = Math.max((high - low) * 0.01, 1e-9);
    this.least = low - margin;
    this.most = high + margin;
    this.first = low;
    this.last = high;
    this.closest = this.isOrder ? 6 : 2e3;
  }

  timeOf(u) {
    return this.isOrder ? this.model.timeAt(u) : u;
  }

  placeOf(t) {
    return this.isOrder ? this.model.orderAt(t) : t;
  }

  // The span in view

  setSpan(from, to) {
    let span = Math.max(this.closest, Math.min(to - from, this.most - this.least));
    let low = to - from < span ? (from + to - span) / 2 : from;
    low = Math.max(this.least, Math.min(this.most - span, low));
    this.from = low;
    this.to = low + span;
    this.redraw();
  }

  zoomAt(x, factor) {
    const u = this.scene.u(x);
    this.setSpan(u - (u - this.from) * factor, u + (this.to - u) * factor);
  }

  panPixels(dx) {
    const shift = (-dx / this.scene.width) * (this.to - this.from);
    this.setSpan(this.from + shift, this.to + shift);
  }

  panFrom(start, dx, dy) {
    const shift = (-dx / this.scene.width) * (start.to - start.from);
    this.scroll = start.scroll - dy;
    this.clampScroll(this.scene.contentHeight - (this.scene.height - AXIS_HEIGHT - WORLD_HEIGHT));
    this.setSpan(start.from + shift, start.to + shift);
  }

  clampScroll(most) {
    this.scroll = Math.max(0, Math.min(Math.max(0, most), this.scroll));
  }

  centre(u) {
    const half = (this.to - this.from) / 2;
    this.setSpan(u - half, u + half);
  }

  /** Brings a place into view, without moving when it is there already. */
  reveal(u, node) {
    const margin = (this.to - this.from) * 0.08;
    if (u < this.from + margin || u > this.to - margin) {
      this.centre(u);
    }
    if (node !== undefined) {
      const y = this.scene.laneY(node);
      const top = AXIS_HEIGHT + WORLD_HEIGHT;
      if (y < top + 10 || y > this.scene.height - 10) {
        this.scroll += y - (top + this.scene.height) / 2;
        this.clampScroll(this.scene.contentHeight - (this.scene.height - top));
      }
    }
  }

  setAxis(isOrder) {
    if (this.isOrder === isOrder) {
      return;
    }
    const from = this.timeOf(this.from);
    const to = this.timeOf(this.to);
    const cursor = this.cursor === null ? null : this.timeOf(this.cursor);
    const index = this.selected;
    this.isOrder = isOrder;
    this.setExtent();
    if (cursor !== null) {
      this.cursor = index >= 0 ? this.scene.eventU(index) : this.placeOf(cursor);
    }
    this.overview.isStale = true;
    this.setSpan(this.placeOf(from), this.placeOf(to));
    this.showButtons();
  }

  // What is chosen

  select(index, isReveal = false) {
    this.selected = index;
    if (index >= 0) {
      const u = this.scene.eventU(index);
      this.cursor = u;
      const events = this.model.events;
      this.reveal(u, events.node[index]);
      this.log.follow(events.t[index], index);
    } else {
      this.cursor = null;
    }
    this.updateCone();
    this.inspector.show();
    this.redraw();
    this.address.save();
  }

  moveCursor(t, isReveal) {
    this.selected = -1;
    this.cursor = this.placeOf(t);
    if (isReveal) {
      this.reveal(this.cursor);
    }
    this.updateCone();
    this.inspector.show();
    this.log.follow(t, Infinity);
    this.redraw();
    this.address.save();
  }

  /** The cone hangs on the chosen event; with none chosen, on the failure. */
  updateCone() {
    const tip = this.selected >= 0 ? this.selected : this.model.failureIndex;
    if (this.coneMode === 'off' || tip < 0) {
      this.cone = null;
    } else if (!this.cone || this.cone.tip !== tip) {
      this.cone = new Cone(this.model, tip);
    }
    this.isDecisive = this.coneMode !== 'past';
    this.log.filter(document.getElementById('log-cone').checked);
  }

  setCone(mode) {
    this.coneMode = mode;
    this.updateCone();
    this.inspector.show();
    this.refresh();
    this.address.save();
  }

  cycleCone() {
    this.setCone({ decisive: 'past', past: 'off', off: 'decisive' }[this.coneMode]);
  }

  toFailure() {
    const { model } = this;
    if (model.facts.verdict === 'ok') {
      return;
    }
    if (model.failureIndex < 0) {
      this.moveCursor(model.facts.failureNanos, true);
      return;
    }
    const back = Math.max(0, model.failureIndex - 170);
    const from = this.scene.eventU(back);
    const to = this.scene.eventU(model.failureIndex);
    const span = Math.max(this.closest, to - from);
    this.setSpan(from, to + span * 0.1);
    this.select(model.failureIndex);
  }

  /** Whether a third of the time in view, or more, is one pause in which nothing happens: events then say more than time. */
  isMostlyIdle() {
    const { t, count } = this.model.events;
    let longest = 0;
    for (let i = Math.max(1, lowerBound(t, this.timeOf(this.from))); i < count && t[i] <= this.timeOf(this.to); i++) {
      longest = Math.max(longest, t[i] - t[i - 1]);
    }
    return longest > (this.timeOf(this.to) - this.timeOf(this.from)) / 3;
  }

  stepEvent(direction) {
    const { count, t } = this.model.events;
    const here = this.selected >= 0 ? this.selected : lowerBound(t, this.cursor === null ? this.timeOf(this.from) : this.timeOf(this.cursor)) - (direction > 0 ? 1 : 0);
    this.select(Math.max(0, Math.min(count - 1, here + direction)));
  }

  stepOnNode(direction) {
    if (this.selected < 0) {
      this.stepEvent(direction);
      return;
    }
    const list = this.model.byNode[this.model.events.node[this.selected]];
    const k = lowerBound(list, this.selected) + direction;
    if (k >= 0 && k < list.length) {
      this.select(list[k]);
    }
  }

  stepNode(direction) {
    const { model } = this;
    const node = this.selected >= 0 ? model.events.node[this.selected] + direction : 0;
    const here = this.selected >= 0 ? this.selected : lowerBound(model.events.t, this.timeOf(this.cursor === null ? this.to : this.cursor));
    if (node >= 0 && node < model.nodes.length) {
      const at = model.lastOn(node, here);
      const index = at >= 0 ? at : model.byNode[node][0];
      if (index !== undefined) {
        this.select(index);
      }
    }
  }

  toCause() {
    const m = this.selected >= 0 ? this.model.delivered[this.selected] : -1;
    if (m >= 0 && this.model.sendIndex[m] >= 0) {
      this.select(this.model.sendIndex[m]);
    } else if (this.selected >= 0) {
      this.stepOnNode(-1);
    }
  }

  toEffect() {
    const sends = this.selected >= 0 ? this.model.sends(this.selected) : [];
    const arrivals = sends.map((m) => this.model.arrival[m]).filter((index) => index >= 0);
    if (arrivals.length > 0) {
      this.select(Math.min(...arrivals));
    } else if (this.selected >= 0) {
      this.stepOnNode(1);
    }
  }

  toggleLost() {
    this.isLostOnly = !this.isLostOnly;
    this.refresh();
  }

  async copyReplay() {
    await copyText(this.model.facts.replay, document.getElementById('copy'));
  }

  /** A text in pieces, with what is searched for marked. */
  marked(text) {
    if (this.query === '' || this.query.startsWith('#')) {
      return [text];
    }
    const words = this.query.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return text.split(new RegExp('(' + words.join('|') + ')', 'gi')).map((piece, i) => (i % 2 === 1 ? element('mark', '', piece) : piece));
  }

  // Drawing

  redraw() {
    if (!this.isDue) {
      this.isDue = true;
      requestAnimationFrame(() => this.draw());
    }
  }

  draw() {
    this.isDue = false;
    const start = performance.now();
    this.scene.draw();
    this.overview.draw();
    this.gutter.draw();
    this.frameMillis = performance.now() - start;
  }

  refresh() {
    this.legend.show();
    this.showButtons();
    this.log.draw();
    this.redraw();
  }

  resize() {
    this.scene.resize();
    this.overview.resize();
    this.log.draw();
    // At once: a canvas of a new size is empty.
    this.draw();
  }

  setTheme(theme) {
    document.documentElement.dataset.theme = theme;
    this.colours = themeColours();
    colourKinds(this.model);
    this.scene.troubles.patterns.clear();
    this.overview.isStale = true;
    this.inspector.show();
    this.refresh();
  }

  showButtons() {
    const press = (id, on) => document.getElementById(id).setAttribute('aria-pressed', String(on));
    press('axis-time', !this.isOrder);
    press('axis-order', this.isOrder);
    press('cone-decisive', this.coneMode === 'decisive');
    press('cone-past', this.coneMode === 'past');
    press('cone-off', this.coneMode === 'off');
    document.getElementById('to-failure').hidden = this.model.facts.verdict === 'ok';
  }
}

