using MimeKit;

namespace Atrium.Testing;

/// <summary>Reads the mail that the house dropped into its data folder.</summary>
public static class Mailbox
{
    /// <summary>Mail to <paramref name="address"/>, oldest first.</summary>
    public static async Task<IReadOnlyList<MimeMessage>> MailToAsync(this TestHouse house, string address)
    {
        await house.DrainAsync();
        var found = new List<MimeMessage>();
        var folder = Path.Combine(house.DataFolder, "mail");
        if (!Directory.Exists(folder)) return found;
        foreach (var file in Directory.EnumerateFiles(folder, "*.eml").Order(StringComparer.Ordinal))
        {
            var message = await MimeMessage.LoadAsync(file);
            if (message.To.Mailboxes.Any(m => m.Address.Equals(address, StringComparison.OrdinalIgnoreCase))) found.Add(message);
        }

        return found;
    }
}
