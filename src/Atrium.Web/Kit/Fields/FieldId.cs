namespace Atrium.Web;

/// <summary>The id of a field's control: what error summaries lead to.</summary>
public static class FieldId
{
    public static string Of(string? form, string name) => string.IsNullOrEmpty(form) ? $"f-{name}" : $"{form}-{name}";
}
