using Microsoft.Extensions.Hosting;

namespace Atrium.Kernel.Live;

/// <summary>Cancelled when the house closes, so that long connections let go at once.</summary>
public sealed class HouseClosing(IHostApplicationLifetime lifetime)
{
    public CancellationToken Token => lifetime.ApplicationStopping;
}
