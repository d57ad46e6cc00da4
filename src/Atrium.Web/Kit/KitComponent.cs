using Microsoft.AspNetCore.Components;

namespace Atrium.Web;

/// <summary>What kit components share: a class to add, and any further attribute for the outermost element.</summary>
public abstract class KitComponent : ComponentBase
{
    /// <summary>Added to the component's own classes.</summary>
    [Parameter] public string? Class { get; set; }

    /// <summary>Attributes the component does not name: <c>id</c>, <c>data-…</c>, <c>aria-…</c>.</summary>
    [Parameter(CaptureUnmatchedValues = true)] public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    /// <summary>Joins those that say something.</summary>
    protected static string Join(params ReadOnlySpan<string?> classes)
    {
        var joined = new List<string>(classes.Length);
        foreach (var one in classes)
            if (!string.IsNullOrEmpty(one))
                joined.Add(one);
        return string.Join(' ', joined);
    }
}
