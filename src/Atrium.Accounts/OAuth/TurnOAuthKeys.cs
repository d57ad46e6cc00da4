using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using OpenIddict.Validation;

namespace Atrium.Accounts.OAuth;

/// <summary>Looks every hour whether keys are due, or another node made some, and takes them up without a restart.</summary>
internal sealed partial class TurnOAuthKeys(
    OAuthKeys keys, IOptionsMonitorCache<OpenIddictServerOptions> server, IOptionsMonitorCache<OpenIddictValidationOptions> validation,
    TimeProvider clock, ILogger<TurnOAuthKeys> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromHours(1);

    /// <summary>Takes up what changed. True when something did.</summary>
    public bool Turn()
    {
        if (!keys.Refresh()) return false;
        server.TryRemove(Options.DefaultName);
        validation.TryRemove(Options.DefaultName);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Look, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                Turn();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogFailed(e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The keys of the OAuth server could not be turned")]
    private partial void LogFailed(Exception e);
}
