using System.Globalization;
using MimeKit;

namespace Atrium.Kernel.Mail;

/// <summary>A mail as the drop shows it.</summary>
/// <param name="Key">Names the mail within the drop.</param>
public sealed record DroppedMail(string Key, string Subject, string To, string From, DateTimeOffset Date, string? Text, string? Html, IReadOnlyDictionary<string, string> Headers);

/// <summary>
/// Where mail lands when no mail server is set: one .eml file each in the data folder, which the administrator reads in the browser.
/// Only the newest are kept.
/// </summary>
public sealed class MailDrop : IMailSender
{
    private const int Kept = 1_000;
    private readonly string _folder;
    private readonly MailWriter _writer;
    private readonly TimeProvider _time;

    internal MailDrop(string folder, MailWriter writer, TimeProvider time) => (_folder, _writer, _time) = (folder, writer, time);

    public async Task SendAsync(MailMessage mail, CancellationToken ct = default)
    {
        using var message = _writer.Write(mail);
        Directory.CreateDirectory(_folder);
        // The name orders by time, and an id keeps two of one instant apart.
        var name = string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow():yyyyMMdd'T'HHmmssfff}-{Id<MailDrop>.New()}");
        var temporary = Path.Combine(_folder, name + ".part");
        await using (var file = File.Create(temporary)) await message.WriteToAsync(file, ct);
        File.Move(temporary, Path.Combine(_folder, name + ".eml"));
        foreach (var old in Names().Skip(Kept)) File.Delete(FileOf(old));
    }

    /// <summary>The newest mails first.</summary>
    /// <param name="before">The key of the last mail of the stretch before; null begins at the newest.</param>
    public async Task<IReadOnlyList<DroppedMail>> ListAsync(int limit = 50, string? before = null, CancellationToken ct = default)
    {
        var mails = new List<DroppedMail>();
        foreach (var name in Names().Where(n => before is null || string.CompareOrdinal(n, before) < 0).Take(limit))
            if (await ReadAsync(name, ct) is { } mail) mails.Add(mail);
        return mails;
    }

    /// <summary>One mail; null when there is none of that key.</summary>
    public async Task<DroppedMail?> ReadAsync(string key, CancellationToken ct = default)
    {
        if (!IsKey(key) || !File.Exists(FileOf(key))) return null;
        using var message = await MimeMessage.LoadAsync(FileOf(key), ct);
        return new(key, message.Subject ?? "", message.To.ToString(), message.From.ToString(), message.Date, message.TextBody, message.HtmlBody,
            message.Headers.GroupBy(h => h.Field, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First().Value, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Forgets every mail.</summary>
    public void Empty()
    {
        foreach (var name in Names()) File.Delete(FileOf(name));
    }

    private IEnumerable<string> Names() => Directory.Exists(_folder)
        ? Directory.EnumerateFiles(_folder, "*.eml").Select(f => Path.GetFileNameWithoutExtension(f)).OrderDescending(StringComparer.Ordinal)
        : [];

    private string FileOf(string key) => Path.Combine(_folder, key + ".eml");

    private static bool IsKey(string key) => key.Length is > 0 and < 80 && key.All(c => char.IsAsciiDigit(c) || c is 'T' or '-');
}
