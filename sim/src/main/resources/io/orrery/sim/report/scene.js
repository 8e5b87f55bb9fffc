// The space-time diagram: a lane per node, time to the right. Drawn anew for every frame from what is in view only.

const AXIS_HEIGHT = 22;
const WORLD_HEIGHT = 34;
const LANE_MOST = 170;

class Scene {
  constructor(view) {
    this.view = view;
    this.model = view.model;
    this.canvas = view.canvas;
    this.context = this.canvas.getContext('2d');
    this.hits = [];
    this.lanes = new Lanes(this);
    this.arrows = new Arrows(this);
    this.troubles = new Troubles(this);
    this.axis = new Axis(this);
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
    this.lane = Math.max(26, Math.min(LANE_MOST, room / lanes));
    this.contentHeight = this.lane * lanes;
    this.view.clampScroll(this.contentHeight - room);
    this.troubles.patterns.clear();
  }

  laneY(node) {
    return AXIS_HEIGHT + WORLD_HEIGHT + (node + 0.5) * this.lane - this.view.scroll;
  }

  /** Where the lowest lane ends. */
  get bottom() {
    return Math.min(this.height, AXIS_HEIGHT + WORLD_HEIGHT + this.contentHeight - this.view.scroll);
  }

  /** Places on the axis are of the unit shown: nanoseconds, or events. */
  x(u) {
    return ((u - this.view.from) / (this.view.to - this.view.from)) * this.width;
  }

  u(x) {
    return this.view.from + (x / this.width) * (this.view.to - this.view.from);
  }

  eventU(i) {
    return this.view.isOrder ? i : this.model.events.t[i];
  }

  draw() {
    const c = this.context;
    this.hits = [];
    c.clearRect(0, 0, this.width, this.height);
    c.fillStyle = this.view.colours.paper;
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
    this.lanes.drawLanes();
    this.lanes.drawRoles();
    this.arrows.drawMessages();
    this.troubles.drawPartitions();
    this.troubles.drawLives();
    this.lanes.drawEvents();
    this.troubles.drawClocks();
    c.restore();
    this.axis.drawAxis();
    this.axis.drawWorld();
    this.axis.drawFailure();
    this.axis.drawCursor();
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
