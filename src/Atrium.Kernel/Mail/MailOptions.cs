namespace Atrium.Kernel.Mail;

/// <summary>How mail leaves the house. Configuration section <c>Mail</c>. Without <c>Smtp:Host</c> it goes into the mail drop.</summary>
public sealed class MailOptions
{
    /// <summary>The sender's address.</summary>
    public string From { get; set; } = "house@localhost";

    /// <summary>The sender's name; the house's name unless set.</summary>
    public string FromName { get; set; } = "Atrium";

    public SmtpOptions Smtp { get; set; } = new();
}

/// <summary>The mail server.</summary>
public sealed class SmtpOptions
{
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary><c>starttls</c> (demanded), <c>tls</c> from the first byte, or <c>none</c>.</summary>
    public string Security { get; set; } = "starttls";

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
