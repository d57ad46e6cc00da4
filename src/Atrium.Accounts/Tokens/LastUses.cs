using System.Collections.Concurrent;
using Atrium.Accounts.Data;
using Atrium.Accounts.AppPasswords;
using Atrium.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atrium.Accounts.Tokens;

/// <summary>
/// Notes when each key was last used, at most once a minute each and off the path of requests: a crash loses a minute of a fact that
/// only its owner reads.
/// </summary>
internal sealed partial class LastUses(IServiceScopeFactory scopes, TimeProvider clock, ILogger<LastUses> log) : BackgroundService
{
    private static readonly TimeSpan Often = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(CredentialKind Kind, long Id), Use> _seen = new();

    /// <summary>Somebody just came with <paramref name="credential"/>.</summary>
    public void Saw(Credential credential, HttpContext http)
    {
        if (credential.Id == 0) return;
        var now = clock.GetUtcNow();
        var key = (credential.Kind, credential.Id);
        if (_seen.TryGetValue(key, out var last) && now - last.At < Often) return;
        var agent = http.Request.Headers.UserAgent.ToString();
        _seen[key] = new(now, http.Connection.RemoteIpAddress?.ToString(), agent.Length > 200 ? agent[..200] : agent, Written: false);
    }

    /// <summary>Writes what was not written yet.</summary>
    public async Task FlushAsync(CancellationToken ct)
    {
        var due = _seen.Where(s => !s.Value.Written).ToList();
        if (due.Count > 0)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
            await db.WriteAsync(
                async token =>
                {
                    foreach (var (key, use) in due) await WriteAsync(db, key.Kind, key.Id, use, token);
                },
                ct);
            foreach (var (key, use) in due) _seen.TryUpdate(key, use with { Written = true }, use);
        }

        var old = clock.GetUtcNow() - Often;
        foreach (var entry in _seen)
            if (entry.Value.Written && entry.Value.At < old)
                _seen.TryRemove(entry);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Look, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await FlushAsync(CancellationToken.None);
            }
            catch (Exception e)
            {
                LogFailed(e);
            }
        }
    }

    private static Task WriteAsync(AccountsDb db, CredentialKind kind, long id, Use use, CancellationToken ct)
    {
        switch (kind)
        {
            case CredentialKind.PersonalToken:
                var token = new Id<PersonalToken>(id);
                return db.PersonalTokens.Where(t => t.Id == token)
                    .ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsedAt, use.At).SetProperty(t => t.LastAddress, use.Address), ct);
            case CredentialKind.AppPassword:
                var password = new Id<AppPassword>(id);
                return db.AppPasswords.Where(p => p.Id == password).ExecuteUpdateAsync(
                    set => set.SetProperty(p => p.LastUsedAt, use.At).SetProperty(p => p.LastAddress, use.Address).SetProperty(p => p.LastUserAgent, use.UserAgent), ct);
            default:
                return db.Grants.Where(g => g.Id == id).ExecuteUpdateAsync(set => set.SetProperty(g => g.LastUsedAt, use.At), ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The last uses of keys could not be noted")]
    private partial void LogFailed(Exception e);

    private sealed record Use(DateTimeOffset At, string? Address, string UserAgent, bool Written);
}
