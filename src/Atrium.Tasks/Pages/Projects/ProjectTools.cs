using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Files;
using Atrium.Kernel.Search;
using Microsoft.AspNetCore.Http;

namespace Atrium.Tasks;

/// <summary>What the endpoints of the project pages hand to the use cases.</summary>
internal sealed record ProjectTools(
    ProjectDesk Desk, ProjectReader Reader, PersonalList Personal, TaskDesk Tasks, TaskEditing Editing, TaskReader Cards, TasksDb Db, KernelDb Kernel, IMembers Members, IGroups Groups,
    FileDesk Files, IEnumerable<IImporter> Importers, ISearch Search, Kernel.Http.HouseAddress House, TimeProvider Clock, Actor Actor, HttpContext Http, CancellationToken Ct);
