using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Atrium.Kernel;

/// <summary>HTML that may go into a page as it is. Only the text pipeline makes it, or code that wrote every character itself.</summary>
public readonly record struct SafeHtml
{
    // Letters of every script stay themselves.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly string? _value;

    private SafeHtml(string value) => _value = value;

    public string Value => _value ?? "";

    public bool IsEmpty => string.IsNullOrEmpty(_value);

    /// <summary>Vouches for markup: it is a constant of ours, or came out of the pipeline and was stored.</summary>
    public static SafeHtml Trusted(string html) => new(html);

    /// <summary>Plain text, encoded.</summary>
    public static SafeHtml Encoded(string? text) => new(Encoder.Encode(text ?? ""));

    public override string ToString() => Value;
}
