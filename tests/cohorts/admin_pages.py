"""The administration of cohorts, as its tests read and fill it in."""

from django.urls import reverse


def address(model, page="changelist", obj=None):
    return reverse(f"admin:cohorts_{model}_{page}", args=[obj.pk] if obj else [])


def shown(response):
    """The ids in a change list."""
    return {obj.pk for obj in response.context["cl"].result_list}


# --- who sees what ---------------------------------------------------------------------------------------------------


def form_of(client, url):
    """What the form at `url` would post if nobody typed anything."""
    form = client.get(url).context["adminform"].form
    data = {}
    for bound in form:
        value = bound.value()
        if bound.name.endswith("_at"):
            data[f"{bound.name}_0"], data[f"{bound.name}_1"] = bound.field.widget.decompress(value)
        elif value is not None:
            data[bound.name] = value
    return data
