using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Signing;
using SynapseFs.Server.World.Files;

namespace SynapseFs.Server.Endpoints;

/// <summary>Answers with the URL of a file: a redirect, or its bare text when the caller asks for none.</summary>
internal static class Redirects
{
    public static Task AnswerAsync(ServiceCall call, SignedUrls urls, FileHandleRow handle)
    {
        var url = urls.Download(call, handle)
            ?? throw ServiceException.BadRequest($"The bytes of the file handle {handle.Id} cannot be reached by a URL");
        if (!call.Flag("redirect", otherwise: true))
        {
            return call.TextAsync(200, url);
        }

        call.Http.Response.Headers.Location = url;
        return call.NothingAsync(307);
    }
}
