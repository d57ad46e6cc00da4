using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Mail;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Outbox;
using Atrium.Kernel.Settings;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

[EventName("home.notice_mail_due")]
internal sealed record NoticeMailDue(Id<Notice> Notice);

/// <summary>Sends one notice by mail. A retry carries the same Message-ID.</summary>
internal sealed class MailNotice(
    HomeDb db, Visible visible, NotificationKinds kinds, MailLinks links, HouseAddress house, HouseSettings settings, IMailSender mail) : IEffect<NoticeMailDue>
{
    public async Task HandleAsync(NoticeMailDue happened, Delivery delivery, CancellationToken ct)
    {
        var notice = await db.Notices.FirstOrDefaultAsync(n => n.Id == happened.Notice, ct);
        if (notice is null) return;
        var (_, readers) = await visible.ToAsync(notice.Subject, [notice.MemberId], ct);
        if (!readers.TryGetValue(notice.MemberId, out var reader)) return;

        var template = new MailTemplate(await settings.TextAsync(KernelModule.HouseName, ct), notice.Title)
        {
            Paragraphs = [notice.Text],
            Button = new("Open", house.Of(notice.Href)),
            Reason = $"You are told because {kinds.ReasonOf(notice.Kind)}.",
            Mute = new("Mute this", links.Mute(notice.MemberId, notice.Cause)),
            Unsubscribe = new("No more mail of this kind", links.Stop(notice.MemberId, notice.Kind)),
            Language = reader.Culture,
        };
        var message = template.To(new(reader.Email, reader.Name), oneClick: links.Stop(notice.MemberId, notice.Kind));
        try
        {
            await mail.SendAsync(message with { Key = $"notice-{notice.Id}", Thread = $"{notice.Subject.Kind}-{notice.Subject.Key}" }, ct);
        }
        catch (MailRefusedException)
        {
            // The address takes no mail; trying again would not change that, and the inbox has it.
        }
    }
}
