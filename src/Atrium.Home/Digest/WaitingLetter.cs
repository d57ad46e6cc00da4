using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Mail;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Settings;

namespace Atrium.Home;

/// <summary>The letter that tells of what waits unread, and how it goes out.</summary>
internal sealed class WaitingLetter(HouseAddress house, HouseSettings settings, IMailSender mail)
{
    /// <summary>All of it in one letter.</summary>
    /// <param name="reason">Why they are mailed.</param>
    public Task<MailTemplate> OfAsync(IReadOnlyList<Notice> unread, MemberContact contact, string reason, CancellationToken ct) =>
        OfAsync(unread.Count == 1 ? unread[0].Text : $"{unread.Count} things wait for you", Items(unread), contact, reason, ct);

    public async Task<MailTemplate> OfAsync(string title, IReadOnlyList<(MailLink, string?)> items, MemberContact contact, string reason, CancellationToken ct) =>
        new(await settings.TextAsync(KernelModule.HouseName, ct), title)
        {
            Items = [.. items],
            Button = new("Open inbox", house.Of("/inbox")),
            Reason = reason,
            Unsubscribe = new("Change what you are mailed", house.Of("/settings/notifications")),
            Language = contact.Culture,
        };

    public List<(MailLink, string?)> Items(IReadOnlyList<Notice> notices) => [.. notices.Select(n => (new MailLink(n.Title, house.Of(n.Href)), (string?)n.Text))];

    /// <param name="key">The same key twice is one letter.</param>
    public async Task SendAsync(MailTemplate letter, MemberContact contact, string key, CancellationToken ct)
    {
        try
        {
            await mail.SendAsync(letter.To(new(contact.Email, contact.Name)) with { Key = key }, ct);
        }
        catch (MailRefusedException)
        {
            // The address takes no mail; trying again would not change that, and the inbox has it.
        }
    }
}
