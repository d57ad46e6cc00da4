using System.Globalization;

namespace Atrium.Kernel.Settings;

/// <summary>How a setting is edited.</summary>
public enum SettingKind
{
    Text,
    LongText,
    Switch,
    Number,
    Choice,
}

/// <summary>Something the administrator of a house can set. Each module declares its own and registers them.</summary>
/// <param name="Key">Module and name: <c>accounts.sign_up</c>.</param>
/// <param name="Default">What holds until it is set, as text.</param>
/// <param name="Choices">For a choice: value and label.</param>
/// <param name="Least">Of a number; null is whatever it is.</param>
public sealed record Setting(
    string Key, string Title, SettingKind Kind, string Default, string? Hint = null, IReadOnlyList<(string Value, string Label)>? Choices = null, long? Least = null, long? Most = null)
{
    /// <summary>A number within bounds.</summary>
    public static Setting Number(string key, string title, long usual, long least, long most, string? hint = null) =>
        new(key, title, SettingKind.Number, usual.ToString(CultureInfo.InvariantCulture), hint, Least: least, Most: most);

    /// <summary>Refuses a value that the kind does not allow.</summary>
    public void Check(string value)
    {
        var fault = Kind switch
        {
            SettingKind.Switch when value is not ("true" or "false") => "A switch is true or false.",
            SettingKind.Number when !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < Least || number > Most => Bounds,
            SettingKind.Choice when Choices!.All(c => c.Value != value) => "Choose one of those listed.",
            SettingKind.Text when value.Length > 500 => "At most 500 characters.",
            SettingKind.LongText when value.Length > 64 * 1024 => "At most 64 KiB.",
            _ => null,
        };
        if (fault is not null) throw Refusal.Invalid(Key, fault);
    }

    private string Bounds => (Least, Most) switch
    {
        ({ } least, { } most) => $"“{Title}” is a whole number from {least} to {most}.",
        ({ } least, null) => $"“{Title}” is a whole number of at least {least}.",
        (null, { } most) => $"“{Title}” is a whole number of at most {most}.",
        _ => $"“{Title}” is a whole number.",
    };
}

/// <summary>A setting that was set.</summary>
public sealed class StoredSetting
{
    public required string Key { get; init; }

    public required string Value { get; set; }

    public DateTimeOffset ChangedAt { get; set; }
}
