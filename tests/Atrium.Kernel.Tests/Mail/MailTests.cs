using Atrium.Kernel.Mail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Kernel.Tests.Mail;

public sealed class MailTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atrium-mail").FullName;

    private static MailTemplate Template => new("Harbour House", "Ben assigned you “Paint <the> boat”")
    {
        Paragraphs = ["Due Friday.\nBring brushes & rags."],
        Quote = "<script>alert(1)</script>",
        Rows = [new("Project", "Boats"), new("Due", "Fri 27 Nov")],
        Button = new("Open the task", new("https://house.example/tasks/1?a=1&b=2")),
        Items = [(new("Another task", new("https://house.example/tasks/2")), "due Monday")],
        Reason = "You are assigned to this task.",
        Mute = new("Mute this task", new("https://house.example/mute/1")),
        Unsubscribe = new("No more of these mails", new("https://house.example/off/1")),
    };

    [Fact]
    public async Task What_is_sent_lands_in_the_drop_and_reads_back()
    {
        var (sender, drop) = Mail();
        await sender.SendAsync(Template.To(new("ada@example.org", "Ada Ö."), oneClick: new("https://house.example/off/1?k=x")) with { Key = "n-1", Thread = "task-1" }, TestContext.Current.CancellationToken);

        var mail = Assert.Single(await drop.ListAsync());
        Assert.Equal("Ben assigned you “Paint <the> boat”", mail.Subject);
        Assert.Contains("ada@example.org", mail.To, StringComparison.Ordinal);
        Assert.Contains("Due Friday.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("https://house.example/tasks/1?a=1&b=2", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Due Friday.<br>Bring brushes &amp; rags.", mail.Html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", mail.Html, StringComparison.Ordinal);
        Assert.Contains("You are assigned to this task.", mail.Html, StringComparison.Ordinal);
        Assert.Equal("<https://house.example/off/1?k=x>", mail.Headers["List-Unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Equal("<n-1@example.org>", mail.Headers["Message-Id"]);
        Assert.Equal("<task-1@example.org>", mail.Headers["References"]);
        Assert.Equal(mail.Subject, (await drop.ReadAsync(mail.Key))!.Subject);
    }

    [Fact]
    public async Task The_newest_come_first_and_the_list_goes_on_from_a_key()
    {
        var (sender, drop) = Mail();
        for (var i = 1; i <= 5; i++) await sender.SendAsync(new(new("a@b.example"), $"mail {i}", "text"));
        var first = await drop.ListAsync(2);
        Assert.Equal(["mail 5", "mail 4"], first.Select(m => m.Subject));
        Assert.Equal(["mail 3", "mail 2"], (await drop.ListAsync(2, first[^1].Key)).Select(m => m.Subject));
        drop.Empty();
        Assert.Empty(await drop.ListAsync());
    }

    [Theory]
    [InlineData("a@b.example\r\nBcc: evil@x.example")]
    [InlineData("a@b.example, evil@x.example")]
    [InlineData("a@b.example>\nX: y")]
    [InlineData("no address")]
    [InlineData("a@@b.example")]
    [InlineData("@")]
    public async Task An_address_that_is_more_or_less_than_one_is_refused(string address) =>
        await Assert.ThrowsAsync<MailRefusedException>(() => Mail().Sender.SendAsync(new(new(address), "s", "t")));

    [Fact]
    public async Task No_value_starts_a_header_of_its_own()
    {
        var (sender, drop) = Mail();
        await sender.SendAsync(new MailMessage(new("a@b.example", "Ada\r\nBcc: evil@x.example"), "Hello\r\nX-Evil: 1\r\n\r\nbody", "t") { ReplyTo = new("c@d.example", "x\nX-Evil: 2") });
        var mail = Assert.Single(await drop.ListAsync());
        Assert.Equal("Hello X-Evil: 1 body", mail.Subject);
        Assert.DoesNotContain(mail.Headers.Keys, k => k is "Bcc" or "X-Evil");
        await Assert.ThrowsAsync<ArgumentException>(() => sender.SendAsync(new MailMessage(new("a@b.example"), "s", "t") { Key = "x>\r\nX-Evil: 3" }));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData("20260101T000000000-1")]
    public async Task A_key_that_names_no_mail_reads_nothing(string key) => Assert.Null(await Mail().Drop.ReadAsync(key));

    [Fact]
    public void A_mail_server_is_used_where_one_is_set()
    {
        var services = new ServiceCollection().AddMail(new ConfigurationBuilder().AddInMemoryCollection([new("Mail:Smtp:Host", "mail.example")]).Build(), _folder).BuildServiceProvider();
        Assert.IsType<SmtpMailSender>(services.GetRequiredService<IMailSender>());
    }

    [Fact]
    public async Task Smtp_hands_over_the_whole_mail_and_tells_refusal_from_trouble()
    {
        await using var server = new SmtpListener();
        var services = new ServiceCollection().AddMail(
            new ConfigurationBuilder().AddInMemoryCollection([new("Mail:Smtp:Host", "127.0.0.1"), new("Mail:Smtp:Port", $"{server.Port}"), new("Mail:Smtp:Security", "none"), new("Mail:From", "house@example.org")]).Build(), _folder).BuildServiceProvider();
        var sender = services.GetRequiredService<IMailSender>();
        await sender.SendAsync(Template.To(new("ada@example.org")));
        Assert.Contains("MAIL FROM:<house@example.org>", server.Received, StringComparison.Ordinal);
        Assert.Contains("multipart/alternative", server.Received, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MailRefusedException>(() => sender.SendAsync(Template.To(new("never@example.org"))));
        Assert.IsNotType<MailRefusedException>(await Record.ExceptionAsync(() => sender.SendAsync(Template.To(new("later@example.org")))));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private (IMailSender Sender, MailDrop Drop) Mail()
    {
        var services = new ServiceCollection().AddMail(new ConfigurationBuilder().AddInMemoryCollection([new("Mail:From", "house@example.org")]).Build(), _folder).BuildServiceProvider();
        return (services.GetRequiredService<IMailSender>(), services.GetRequiredService<MailDrop>());
    }
}
