const app = () => document.getElementById("app");
const show = (jobs, list, kind) => {
  for (const job of jobs) {
    const item = document.createElement("li");
    if (kind === "tall") item.style.minHeight = "260px";
    item.innerHTML = `<h3><a href="${BASE}/jobs/${job.slug}"></a></h3><span></span>`;
    item.querySelector("a").textContent = job.title;
    item.querySelector("span").textContent = job.location;
    list.append(item);
  }
};
