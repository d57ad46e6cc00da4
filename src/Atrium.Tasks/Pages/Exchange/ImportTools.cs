using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Files;
using Microsoft.AspNetCore.Http;

namespace Atrium.Tasks;

/// <summary>What the endpoints of the import pages hand to the use cases.</summary>
internal sealed record ImportTools(
    TasksDb Db, KernelDb Kernel, ProjectReader Reader, FileDesk Files, IBlobStore Blobs, IEnumerable<IImporter> Importers, TimeProvider Clock, Actor Actor, HttpContext Http, CancellationToken Ct);
