using SynapseFs.Server.Http;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Endpoints;

/// <summary>The jobs of the file service: many files in one zip, archived files back.</summary>
internal sealed class FileJobEndpoints(SynapseWorld world, JobEndpoints jobs)
{
    public void Add(ServiceRoutes file)
    {
        jobs.AddPair(file, "/file/bulk", Scopes.Download, world.ZipPackages.Job, (_, request) => request);
        jobs.AddPair(file, "/fileHandle/restore", Scopes.View | Scopes.Modify, world.Restores.Job, (_, request) => request);
    }
}
