"""What stands on a page of metrics."""


def figures(page: str) -> dict[str, float]:
    """Every figure by its name and labels, as the page writes them."""
    samples = (line.rpartition(" ") for line in page.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in samples}
