using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Text;

namespace Atrium.Kernel.Files;

/// <summary>What a file is by its first bytes, and how it may be shown. What someone calls it counts for nothing.</summary>
public static class FileKind
{
    /// <summary>How many of the first bytes are looked at.</summary>
    public const int SniffLength = 4096;

    public const string Unknown = "application/octet-stream";

    /// <summary>Pictures the house decodes and re-encodes.</summary>
    private static readonly FrozenSet<string> Pictures = new[] { "image/jpeg", "image/png", "image/gif", "image/webp", "image/avif" }.ToFrozenSet();

    private static readonly FrozenSet<string> Inline = new[]
    {
        "image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "text/plain",
        "audio/mpeg", "audio/ogg", "audio/flac", "audio/wav", "audio/mp4", "audio/aac", "video/mp4", "video/webm", "video/ogg",
    }.ToFrozenSet();

    public static bool IsPicture(string contentType) => Pictures.Contains(contentType);

    /// <summary>Whether a browser may show it in place. SVG, HTML, XML and PDF never are: they can carry scripts.</summary>
    public static bool IsInline(string contentType) => Inline.Contains(contentType);

    /// <summary>The media type, without parameters.</summary>
    public static string Sniff(ReadOnlySpan<byte> head)
    {
        if (head is [0xFF, 0xD8, 0xFF, ..]) return "image/jpeg";
        if (head is [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..]) return "image/png";
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)) return "image/gif";
        if (head.StartsWith("RIFF"u8) && head.Length >= 12) return Riff(head.Slice(8, 4));
        if (head.Length >= 12 && head.Slice(4, 4).SequenceEqual("ftyp"u8)) return IsoMedia(head);
        if (head.StartsWith("%PDF-"u8)) return "application/pdf";
        if (head is [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..]) return Zip(head);
        if (head.StartsWith("OggS"u8)) return head.IndexOf("theora"u8) >= 0 ? "video/ogg" : "audio/ogg";
        if (head.StartsWith("fLaC"u8)) return "audio/flac";
        if (head.StartsWith("ID3"u8)) return "audio/mpeg";
        if (head is [0xFF, var second, ..] && (second & 0xF6) == 0xF0) return "audio/aac";
        if (head is [0xFF, var layer, ..] && (layer & 0xE6) is 0xE2 or 0xE4 or 0xE6) return "audio/mpeg";
        if (head is [0x1A, 0x45, 0xDF, 0xA3, ..]) return head.IndexOf("webm"u8) >= 0 ? "video/webm" : "video/x-matroska";
        if (head is [0x1F, 0x8B, ..]) return "application/gzip";
        if (head is [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..]) return "application/x-xz";
        if (head is [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C, ..]) return "application/x-7z-compressed";
        if (head is [0x28, 0xB5, 0x2F, 0xFD, ..]) return "application/zstd";
        if (head is [0xD0, 0xCF, 0x11, 0xE0, ..]) return "application/x-ole-storage";
        if (head.StartsWith("BM"u8) && head.Length > 26 && BinaryPrimitives.ReadUInt32LittleEndian(head[14..]) is 12 or 40 or 108 or 124) return "image/bmp";
        if (head is [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..]) return "image/tiff";
        if (head.StartsWith("wOF2"u8)) return "font/woff2";
        return Text(head);
    }

    private static string Riff(ReadOnlySpan<byte> form) =>
        form.SequenceEqual("WEBP"u8) ? "image/webp" : form.SequenceEqual("WAVE"u8) ? "audio/wav" : form.SequenceEqual("AVI "u8) ? "video/x-msvideo" : Unknown;

    private static string IsoMedia(ReadOnlySpan<byte> head) => Encoding.ASCII.GetString(head.Slice(8, 4)) switch
    {
        "avif" or "avis" => "image/avif",
        "heic" or "heix" or "hevc" or "mif1" or "msf1" => "image/heic",
        "M4A " or "M4B " => "audio/mp4",
        "qt  " => "video/quicktime",
        _ => "video/mp4",
    };

    private static string Zip(ReadOnlySpan<byte> head)
    {
        // OpenDocument and EPUB put their type first, stored; OOXML is told by the folder names among the first entries.
        if (head.Length > 60 && head[30..].StartsWith("mimetypeapplication/"u8))
        {
            var type = head[38..Math.Min(head.Length, 120)];
            var end = type.IndexOf("PK"u8);
            var text = Encoding.ASCII.GetString(end > 0 ? type[..end] : type);
            if (text.StartsWith("application/vnd.oasis.opendocument.", StringComparison.Ordinal) || text == "application/epub+zip")
                return new string([.. text.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '+')]);
        }

        if (head.IndexOf("word/"u8) >= 0) return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        if (head.IndexOf("xl/"u8) >= 0) return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        if (head.IndexOf("ppt/"u8) >= 0) return "application/vnd.openxmlformats-officedocument.presentationml.presentation";
        return "application/zip";
    }

    private static string Text(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty || !IsText(head)) return Unknown;
        var words = Encoding.UTF8.GetString(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        bool Has(string sign) => words.Contains(sign, StringComparison.OrdinalIgnoreCase);
        if (words.StartsWith('<'))
        {
            if (Has("<svg")) return "image/svg+xml";
            if (words.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || Has("<html") || Has("<head") || Has("<body") || Has("<script")) return "text/html";
            if (words.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase)) return "application/xml";
        }

        return words.StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase) ? "text/calendar" : "text/plain";
    }

    private static bool IsText(ReadOnlySpan<byte> head)
    {
        foreach (var b in head)
            if (b < 0x20 && b is not (9 or 10 or 12 or 13 or 27)) return false;
        // The last character may be cut.
        for (var cut = 0; cut < 4 && cut < head.Length; cut++)
            if (System.Text.Unicode.Utf8.IsValid(head[..^cut])) return true;
        return false;
    }
}
