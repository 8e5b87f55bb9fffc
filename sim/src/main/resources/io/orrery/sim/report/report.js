// The page as a whole: what is in view, what is chosen, and what the address says.

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
    this.collectWorld();
    this.setExtent();
    this.from = this.least;
    this.to = this.most;
    this.scene = new Scene(this);
    this.overview = new Overview(this);
    this.gutter = new Gutter(this);
    this.inspector = new Inspector(this);
    this.log = new Log(this);
    this.search = new Search(this);
    this.input = new Input(this);
  }

  /** Faults and the like, with what their words name; operations are many and stand apart. */
  collectWorld() {
    const { lines, first, nodes } = this.model;
    this.faults = [];
    this.operations = [];
    for (let i = 0; i < lines.count; i++) {
      if (lines.node[i] !== WORLD || lines.what[i] === 'failure') {
        continue;
      }
      const entry = { t: lines.t[i], e: lines.event[i] - first + 0.5, what: lines.what[i], text: lines.why[i] || lines.what[i] };
      if (lines.what[i] === 'operation') {
        this.operations.push(entry);
        continue;
      }
      entry.isClock = /^clock /.test(entry.text);
      entry.isCalm = /^(calm|heal|restart|mend)/.test(entry.text) || /healthy|mend$/.test(entry.text);
      entry.isVoid = /void/.test(entry.what);
      entry.nodes = entry.text.split(/[\s,|>]+/).map((word) => nodes.indexOf(word)).filter((node) => node >= 0);
      this.faults.push(entry);
    }
    this.addSplits();
  }

  /** Partitions that no line speaks of, as when an adversary in the workload makes them. */
  addSplits() {
    const { model } = this;
    const told = new Set(this.faults.map((fault) => fault.t));
    for (const span of model.partitions) {
      if (span.groups > 1 && !told.has(span.from.t)) {
        const groups = [];
        span.group.forEach((group, node) => (groups[group] = (groups[group] ? groups[group] + ',' : '') + model.nodes[node]));
        this.faults.push({ t: span.from.t, e: span.from.e, what: 'partition', text: 'split ' + groups.join(' | '), nodes: [] });
      }
    }
    this.faults.sort((a, b) => a.t - b.t || a.e - b.e);
  }

  setExtent() {
    const { model } = this;
    const [low, high] = this.isOrder ? [0, model.events.count] : [model.begin, model.end];
    const margin = Math.max((high - low) * 0.01, 1e-9);
    this.least = low - margin;
    this.most = high + margin;
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
    this.saveHash();
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
    this.saveHash();
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
    this.saveHash();
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
    this.showLegend();
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
    this.scene.patterns.clear();
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

  showLegend() {
    const box = document.getElementById('legend');
    const families = new Map();
    for (const kind of this.model.kinds) {
      if (!families.has(kind.family)) {
        families.set(kind.family, []);
      }
      families.get(kind.family).push(kind);
    }
    const keep = box.scrollLeft;
    box.replaceChildren();
    const ordered = [...families].sort((a, b) => (a[0] === 'raft' ? -1 : b[0] === 'raft' ? 1 : sum(b[1]) - sum(a[1])));
    for (const [family, kinds] of ordered) {
      const name = element('button', 'family', family);
      name.title = 'Show or hide all of ' + family;
      name.addEventListener('click', () => {
        const on = kinds.some((kind) => !kind.isShown);
        kinds.forEach((kind) => (kind.isShown = on));
        this.refresh();
      });
      box.append(name);
      kinds.sort((a, b) => b.count - a.count).forEach((kind) => box.append(this.chip(kind)));
    }
    const lost = element('button', 'chip', 'lost only');
    lost.style.setProperty('--c', 'var(--bad)');
    lost.setAttribute('aria-pressed', String(this.isLostOnly));
    lost.style.textDecoration = 'none';
    lost.title = 'Only what never arrived (x)';
    lost.addEventListener('click', () => this.toggleLost());
    box.append(element('span', 'family', ''), lost);
    box.scrollLeft = keep;
  }

  chip(kind) {
    const chip = element('button', 'chip', kind.name + ' ', element('small', '', numberText(kind.count)));
    if (kind.lost > 0) {
      chip.append(element('small', 'lost', ' ×' + numberText(kind.lost)));
    }
    chip.style.setProperty('--c', kind.colour);
    chip.setAttribute('aria-pressed', String(kind.isShown));
    chip.title = `${numberText(kind.count)} sent, ${numberText(kind.lost)} lost. Click to hide or show; shift and click for this kind alone.`;
    chip.addEventListener('click', (e) => {
      if (e.shiftKey) {
        const isAlone = this.model.kinds.every((other) => other.isShown === (other === kind));
        this.model.kinds.forEach((other) => (other.isShown = isAlone || other === kind));
      } else {
        kind.isShown = !kind.isShown;
      }
      this.refresh();
    });
    return chip;
  }

  // The address

  /** What the address asks for: t=1.2s event=1234 span=50ms q=words axis=events cone=past theme=dark hide=Ping,Ack. */
  loadHash() {
    const asked = new URLSearchParams(location.hash.slice(1));
    if (asked.get('theme')) {
      this.setTheme(asked.get('theme') === 'dark' ? 'dark' : 'light');
    }
    if (asked.get('cone')) {
      this.coneMode = ['past', 'off'].includes(asked.get('cone')) ? asked.get('cone') : 'decisive';
    }
    const hidden = (asked.get('hide') || '').toLowerCase().split(',');
    this.model.kinds.forEach((kind) => (kind.isShown = !hidden.includes(kind.name.toLowerCase()) && !hidden.includes(kind.family)));
    if (asked.get('axis') === 'events') {
      this.setAxis(true);
    }
    const t = parseTime(asked.get('t'));
    const span = parseTime(asked.get('span'));
    const index = asked.get('event') ? this.model.indexOf(Number(asked.get('event'))) : -1;
    if (index >= 0 || t !== null) {
      const middle = index >= 0 ? this.model.events.t[index] : t;
      const width = span !== null ? span : Math.min(this.model.end - this.model.begin, 2e8);
      this.setSpan(this.placeOf(middle - width / 2), this.placeOf(middle + width / 2));
    }
    if (index >= 0) {
      this.select(index);
    } else if (t !== null) {
      this.moveCursor(t, false);
    }
    if (asked.get('q')) {
      this.search.input.value = asked.get('q');
      this.search.run();
    }
    return index >= 0 || t !== null;
  }

  saveHash() {
    if (!this.isStarted) {
      return;
    }
    const said = new URLSearchParams();
    if (this.selected >= 0) {
      said.set('event', this.model.events.number[this.selected]);
    } else if (this.cursor !== null) {
      said.set('t', (this.timeOf(this.cursor) / 1e9).toFixed(9) + 's');
    }
    said.set('span', Math.round(this.timeOf(this.to) - this.timeOf(this.from)) + 'ns');
    if (this.coneMode !== 'decisive') {
      said.set('cone', this.coneMode);
    }
    if (this.isOrder) {
      said.set('axis', 'events');
    }
    if (this.query) {
      said.set('q', this.query);
    }
    const theme = document.documentElement.dataset.theme;
    if (theme) {
      said.set('theme', theme);
    }
    try {
      history.replaceState(null, '', '#' + said);
    } catch {
      // Some browsers refuse this for files; the page works without.
    }
  }
}

function sum(kinds) {
  return kinds.reduce((total, kind) => total + kind.count, 0);
}

function parseTime(text) {
  const match = /^([\d.]+)(ns|us|ms|s)?$/.exec(text || '');
  return match ? Number(match[1]) * { ns: 1, us: 1e3, ms: 1e6, s: 1e9 }[match[2] || 's'] : null;
}

async function copyText(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = element('textarea', '', text);
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  if (button) {
    const before = button.textContent;
    button.textContent = 'Copied';
    setTimeout(() => (button.textContent = before), 1200);
  }
}

function showHead(model) {
  const { facts } = model;
  const isOk = facts.verdict === 'ok';
  document.title = `seed ${facts.seed} ${facts.verdict} · Orrery`;
  const verdict = document.getElementById('verdict');
  verdict.textContent = facts.verdict;
  verdict.classList.add(facts.verdict);
  document.getElementById('claim').textContent = isOk ? `Seed ${facts.seed} came right` : facts.failure;
  const facets = [
    ['seed', facts.seed], ['workload', facts.workload], ['nodes', String(model.nodes.length)], ['simulated', timeText(facts.nanos, 3)],
    ['events', numberText(facts.events)], ['trace hash', facts.hash],
  ];
  if (!isOk) {
    facets.push(['broke at', timeText(facts.failureNanos, 6) + (facts.failureNode ? ' on ' + facts.failureNode : '')]);
  }
  const box = document.getElementById('facts');
  facets.forEach(([name, value]) => box.append(element('span', '', name + ' ', element(name === 'trace hash' ? 'code' : 'b', '', value))));
  if (model.eventsBefore + model.eventsAfter > 0) {
    const left = document.getElementById('left-out');
    left.hidden = false;
    left.textContent = `Events ${numberText(model.first)} to ${numberText(model.first + model.events.count - 1)} of ${numberText(facts.events)} are recorded here; ${numberText(model.eventsBefore)} before and ${numberText(model.eventsAfter)} after are left out.`;
  }
}

function bindButtons(view) {
  const on = (id, action) => document.getElementById(id).addEventListener('click', action);
  on('copy', () => view.copyReplay());
  on('help', () => document.getElementById('keys').showModal());
  on('scenario', () => document.getElementById('scenario-text').showModal());
  on('copy-scenario', () => copyText(view.model.facts.scenario, null));
  on('theme', () => view.setTheme(isDark() ? 'light' : 'dark'));
  on('cone-decisive', () => view.setCone('decisive'));
  on('cone-past', () => view.setCone('past'));
  on('cone-off', () => view.setCone('off'));
  on('axis-time', () => view.setAxis(false));
  on('axis-order', () => view.setAxis(true));
  on('to-failure', () => view.toFailure());
  on('zoom-in', () => view.zoomAt(view.scene.width / 2, 0.6));
  on('zoom-out', () => view.zoomAt(view.scene.width / 2, 1 / 0.6));
  on('zoom-all', () => view.setSpan(view.least, view.most));
  document.getElementById('log-cone').addEventListener('change', (e) => view.log.filter(e.target.checked));
  document.querySelector('#scenario-text pre').textContent = view.model.facts.scenario;
}

async function start() {
  const model = new Model(readRecording(await readColumns()));
  showHead(model);
  const view = new View(model);
  view.coneMode = 'decisive';
  bindButtons(view);
  view.resize();
  view.showLegend();
  view.showButtons();
  if (!view.loadHash()) {
    if (model.facts.verdict !== 'ok') {
      view.toFailure();
    } else {
      view.select(-1);
    }
  }
  view.showButtons();
  new ResizeObserver(() => view.resize()).observe(document.getElementById('stage'));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => view.setTheme(isDark() ? 'dark' : 'light'));
  window.addEventListener('hashchange', () => view.loadHash());
  view.isStarted = true;
  // For tests of the page: that it came up, and what it shows.
  const { dataset } = document.documentElement;
  dataset.lanes = model.nodes.length;
  dataset.events = model.events.count;
  dataset.messages = model.messages.count;
  dataset.cone = view.cone ? view.cone.size : 0;
  dataset.ready = 'yes';
  window.orrery = view;
}

window.addEventListener('error', (e) => (document.documentElement.dataset.error = e.message));
start().catch((e) => {
  document.documentElement.dataset.error = e.message;
  document.getElementById('claim').textContent = 'This page cannot show its recording: ' + e.message;
  throw e;
});
