// Pointer, wheel and keys.

class Input {
  constructor(view) {
    this.view = view;
    this.surface = document.getElementById('surface');
    this.tip = document.getElementById('tip');
    this.pointers = new Map();
    this.bindSurface();
    this.bindStrip();
    document.addEventListener('keydown', (e) => this.onKey(e));
  }

  bindSurface() {
    const { surface, view } = this;
    surface.addEventListener('pointerdown', (e) => this.onDown(e));
    surface.addEventListener('pointermove', (e) => this.onMove(e));
    surface.addEventListener('pointerup', (e) => this.onUp(e));
    surface.addEventListener('pointercancel', (e) => this.pointers.delete(e.pointerId));
    surface.addEventListener('pointerleave', () => (this.tip.hidden = true));
    surface.addEventListener('dblclick', (e) => view.zoomAt(e.offsetX, 0.4));
    surface.addEventListener('wheel', (e) => {
      e.preventDefault();
      const unit = e.deltaMode === 1 ? 16 : 1;
      if (e.ctrlKey || e.metaKey || (!e.shiftKey && Math.abs(e.deltaY) > Math.abs(e.deltaX))) {
        view.zoomAt(e.clientX - surface.getBoundingClientRect().left, Math.exp(Math.max(-0.6, Math.min(0.6, e.deltaY * unit * 0.0022))));
      } else {
        view.panPixels(-(Math.abs(e.deltaX) > Math.abs(e.deltaY) ? e.deltaX : e.deltaY) * unit);
      }
    }, { passive: false });
  }

  at(e) {
    const box = this.surface.getBoundingClientRect();
    return { x: e.clientX - box.left, y: e.clientY - box.top };
  }

  onDown(e) {
    this.surface.setPointerCapture(e.pointerId);
    this.pointers.set(e.pointerId, this.at(e));
    this.start = { ...this.at(e), from: this.view.from, to: this.view.to, scroll: this.view.scroll };
    this.isDragging = false;
    this.isSpan = e.shiftKey;
    this.pinch = null;
    this.isScrubbing = this.start.y < AXIS_HEIGHT + WORLD_HEIGHT && !e.shiftKey;
    this.view.player.stop();
  }

  onMove(e) {
    const point = this.at(e);
    if (!this.pointers.has(e.pointerId)) {
      this.surface.classList.toggle('scrub', point.y < AXIS_HEIGHT + WORLD_HEIGHT);
      this.hover(point);
      return;
    }
    this.pointers.set(e.pointerId, point);
    if (this.pointers.size === 2) {
      this.onPinch();
      return;
    }
    const dx = point.x - this.start.x;
    const dy = point.y - this.start.y;
    if (this.isDragging || Math.hypot(dx, dy) > 4) {
      this.isDragging = true;
      this.tip.hidden = true;
      if (this.isScrubbing) {
        this.scrub(point.x);
      } else if (!this.isSpan) {
        this.view.panFrom(this.start, dx, dy);
      }
    }
  }

  /** Along the axis the cursor follows the pointer, and what is said of the cluster with it. */
  scrub(x) {
    const { view } = this;
    view.moveCursor(view.timeOf(Math.max(view.first, Math.min(view.last, view.scene.u(x)))), false);
  }

  onPinch() {
    const [a, b] = [...this.pointers.values()];
    const distance = Math.max(20, Math.abs(a.x - b.x));
    const middle = (a.x + b.x) / 2;
    if (this.pinch) {
      this.view.panPixels(middle - this.pinch.middle);
      this.view.zoomAt(middle, this.pinch.distance / distance);
    }
    this.pinch = { distance, middle };
    this.isDragging = true;
  }

  onUp(e) {
    const point = this.at(e);
    this.pointers.delete(e.pointerId);
    if (this.isDragging && this.isSpan) {
      const { scene } = this.view;
      const a = scene.u(Math.min(point.x, this.start.x));
      const b = scene.u(Math.max(point.x, this.start.x));
      this.view.setSpan(a, b);
    } else if (!this.isDragging) {
      this.click(point);
    }
    if (this.pointers.size === 0) {
      this.isDragging = false;
    }
  }

  click({ x, y }) {
    const { view } = this;
    const { scene, model } = view;
    const index = scene.eventAt(x, y);
    if (index >= 0) {
      view.select(index);
      return;
    }
    const hit = scene.hitAt(x, y);
    if (hit && hit.message !== undefined) {
      const arrival = model.arrival[hit.message];
      view.select(arrival >= 0 ? arrival : model.sendIndex[hit.message]);
    } else if (hit && hit.event !== undefined) {
      view.select(hit.event);
    } else if (hit && hit.t !== undefined) {
      view.moveCursor(hit.t, false);
    } else {
      view.moveCursor(view.timeOf(scene.u(x)), false);
    }
  }

  hover({ x, y }) {
    const { view, tip } = this;
    const { scene, model } = view;
    const index = scene.eventAt(x, y);
    const hit = index >= 0 ? null : scene.hitAt(x, y);
    tip.replaceChildren();
    if (index >= 0) {
      tip.append(element('b', '', model.titleOf(index)), element('em', '', `${model.nodes[model.events.node[index]]} · #${numberText(model.events.number[index])} · ${timeText(model.events.t[index])}`));
      for (const line of model.linesOf(index).slice(0, 4)) {
        tip.append(element('div', '', model.lines.what[line] + ' ' + model.lines.why[line]));
      }
    } else if (hit && hit.message !== undefined) {
      const m = hit.message;
      const { messages } = model;
      tip.append(element('b', '', `${model.kinds[messages.kind[m]].name} ${model.nodes[messages.from[m]]} → ${model.nodes[messages.to[m]]}${messages.loss[m] ? ' · ' + messages.loss[m] : ''}`));
      tip.append(element('em', '', messages.body[m].slice(0, 260)));
    } else if (hit) {
      tip.append(hit.text);
    }
    tip.hidden = tip.childNodes.length === 0;
    this.surface.style.cursor = tip.hidden ? '' : 'pointer';
    if (!tip.hidden) {
      const right = x > scene.width - 400;
      tip.style.left = right ? 'auto' : x + 14 + 'px';
      tip.style.right = right ? scene.width - x + 14 + 'px' : 'auto';
      tip.style.top = Math.min(y + 14, scene.height - 70) + 'px';
    }
  }

  /** The strip: a press outside the window moves it there; its edges and its middle can be dragged. */
  bindStrip() {
    const strip = document.getElementById('strip');
    const { view } = this;
    let drag = null;
    strip.addEventListener('pointerdown', (e) => {
      strip.setPointerCapture(e.pointerId);
      const x = e.clientX - strip.getBoundingClientRect().left;
      const x0 = view.overview.x(view.from);
      const x1 = view.overview.x(view.to);
      const edge = Math.min(8, Math.max(3, (x1 - x0) / 4));
      if (Math.abs(x - x0) < edge && x1 - x0 > 14) {
        drag = { kind: 'from' };
      } else if (Math.abs(x - x1) < edge && x1 - x0 > 14) {
        drag = { kind: 'to' };
      } else {
        if (x < x0 || x > x1) {
          view.centre(view.overview.u(x));
        }
        drag = { kind: 'move', x, from: view.from, to: view.to };
      }
    });
    strip.addEventListener('pointermove', (e) => {
      if (!drag) {
        return;
      }
      const x = e.clientX - strip.getBoundingClientRect().left;
      const u = view.overview.u(x);
      if (drag.kind === 'from') {
        view.setSpan(Math.min(u, view.to - view.closest), view.to);
      } else if (drag.kind === 'to') {
        view.setSpan(view.from, Math.max(u, view.from + view.closest));
      } else {
        const shift = view.overview.u(x) - view.overview.u(drag.x);
        view.setSpan(drag.from + shift, drag.to + shift);
      }
    });
    const end = () => (drag = null);
    strip.addEventListener('pointerup', end);
    strip.addEventListener('pointercancel', end);
    strip.addEventListener('wheel', (e) => {
      e.preventDefault();
      view.zoomAt(view.scene.width / 2, Math.exp(e.deltaY * 0.002));
    }, { passive: false });
  }

  onKey(e) {
    const isTyping = e.target instanceof HTMLInputElement && e.target.type !== 'checkbox';
    if (isTyping || e.ctrlKey || e.metaKey || e.altKey || document.querySelector('dialog[open]')) {
      return;
    }
    const action = this.actionOf(e);
    if (action) {
      e.preventDefault();
      action();
    }
  }

  actionOf(e) {
    const { view } = this;
    const pan = view.scene.width * 0.2;
    switch (e.key) {
      case 'ArrowLeft': return e.shiftKey ? () => view.panPixels(pan) : () => view.stepOnNode(-1);
      case 'ArrowRight': return e.shiftKey ? () => view.panPixels(-pan) : () => view.stepOnNode(1);
      case 'ArrowUp': return () => view.stepNode(-1);
      case 'ArrowDown': return () => view.stepNode(1);
      case ',': return () => view.stepEvent(-1);
      case '.': return () => view.stepEvent(1);
      case '[': return () => view.toCause();
      case ']': return () => view.toEffect();
      case 'j': return () => view.log.step(1);
      case 'k': return () => view.log.step(-1);
      case ' ': return e.target instanceof HTMLButtonElement ? null : () => view.player.toggle();
      case '/': return () => view.search.input.focus();
      case 'n': return () => view.search.step(1);
      case 'N': return () => view.search.step(-1);
      case 'c': return () => view.cycleCone();
      case 'l': return () => view.setAxis(!view.isOrder);
      case '+': case '=': return () => view.zoomAt(view.scene.width / 2, 0.6);
      case '-': case '_': return () => view.zoomAt(view.scene.width / 2, 1 / 0.6);
      case '0': return () => view.setSpan(view.least, view.most);
      case 'Home': return () => view.centre(view.least);
      case 'End': return () => view.centre(view.most);
      case 'f': return () => view.toFailure();
      case 'x': return () => view.toggleLost();
      case 'y': return () => view.copyReplay();
      case '?': return () => document.getElementById('keys').showModal();
      case 'Escape': return () => view.select(-1);
      default: return null;
    }
  }
}
