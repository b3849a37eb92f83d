namespace SynapseFs.Client.Transport;

internal enum SynapseService
{
    Repo,
    Auth,
    File,
}
