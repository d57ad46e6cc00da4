using Atrium.Kernel;
using Microsoft.AspNetCore.Http;

namespace Atrium.Web;

/// <summary>
/// What was typed into a form and what is wrong with it. A page that gets bad input answers 422 with the same page and this;
/// the fields then show what was typed, not what is stored.
/// </summary>
public sealed class FormState
{
    private readonly Dictionary<string, IReadOnlyList<string>> _typed;

    private FormState(Dictionary<string, IReadOnlyList<string>> typed, IReadOnlyList<FieldError> errors) => (_typed, Errors) = (typed, errors);

    /// <summary>A form nobody has sent yet.</summary>
    public static FormState Fresh { get; } = new([], []);

    /// <summary>What is wrong, in the order it was found.</summary>
    public IReadOnlyList<FieldError> Errors { get; }

    /// <summary>True once the form was sent: what was typed rules.</summary>
    public bool IsSent { get; private init; }

    /// <summary>A sent form, and why it was refused. What has no field of its own is said above the form.</summary>
    public static FormState Of(IFormCollection form, Refusal refusal) =>
        Of(form, refusal.Fields.Count > 0 ? refusal.Fields : [new("", refusal.Message, refusal.Code)]);

    public static FormState Of(IFormCollection form, IReadOnlyList<FieldError> errors) =>
        Of(form.SelectMany(f => f.Value, (f, v) => KeyValuePair.Create(f.Key, v)), errors);

    public static FormState Of(IEnumerable<KeyValuePair<string, string?>> typed, IReadOnlyList<FieldError> errors) =>
        new(typed.GroupBy(t => t.Key).ToDictionary(g => g.Key, IReadOnlyList<string> (g) => [.. g.Select(t => t.Value ?? "")]), errors) { IsSent = true };

    /// <summary>What was typed into <paramref name="name"/>, or <paramref name="stored"/> if the form was not sent.</summary>
    public string? Value(string name, string? stored = null) => IsSent ? Values(name) is [var first, ..] ? first : null : stored;

    public IReadOnlyList<string> Values(string name) => _typed.GetValueOrDefault(name, []);

    /// <summary>Whether a box of that name and value was ticked.</summary>
    public bool IsTicked(string name, string value, bool stored) => IsSent ? Values(name).Contains(value) : stored;

    public FieldError? ErrorOf(string name) => Errors.FirstOrDefault(e => e.Field == name);
}
