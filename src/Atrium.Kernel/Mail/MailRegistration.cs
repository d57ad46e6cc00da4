using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atrium.Kernel.Mail;

public static class MailRegistration
{
    /// <summary>Adds <see cref="IMailSender"/>: a mail server when <c>Mail:Smtp:Host</c> is set, the <see cref="MailDrop"/> (<c>mail/</c> in the data folder) otherwise.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration, string dataFolder)
    {
        var options = configuration.GetSection("Mail").Get<MailOptions>() ?? new();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<MailWriter>();
        services.AddSingleton(provider => new MailDrop(
            Path.Combine(dataFolder, "mail"), provider.GetRequiredService<MailWriter>(), provider.GetRequiredService<TimeProvider>()));
        if (string.IsNullOrWhiteSpace(options.Smtp.Host)) services.AddSingleton<IMailSender>(provider => provider.GetRequiredService<MailDrop>());
        else services.AddSingleton<IMailSender, SmtpMailSender>();
        return services;
    }
}
