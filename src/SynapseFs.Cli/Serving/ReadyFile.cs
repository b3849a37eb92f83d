using System.Text.Json;
using SynapseFs.Server;

namespace SynapseFs.Cli.Serving;

/// <summary>What <c>serve --ready-file</c> writes once the server accepts calls and everything asked for is in it.</summary>
internal sealed record ReadyFile(string RepoEndpoint, string AuthEndpoint, string FileHandleEndpoint, string Username, string Token)
{
    public static ReadyFile Of(SynapseServer server, ServerAccount account) => new(
        server.RepoEndpoint.AbsoluteUri, server.AuthEndpoint.AbsoluteUri, server.FileEndpoint.AbsoluteUri, account.UserName, account.Token);

    /// <summary>In one step and 0600: it holds the token.</summary>
    public void Write(string path) => PrivateFile.Write(path, JsonSerializer.Serialize(this, CliJson.Readable.ReadyFile) + "\n");

    /// <summary>The text of a ~/.synapseConfig that leads any Synapse program here.</summary>
    public string ToConfiguration() => $"""
        [default]
        username = {Username}
        authtoken = {Token}

        [endpoints]
        repoEndpoint = {RepoEndpoint}
        authEndpoint = {AuthEndpoint}
        fileHandleEndpoint = {FileHandleEndpoint}

        """;

    // The generated one would print the token.
    public override string ToString() => $"{nameof(ReadyFile)} {RepoEndpoint} {Username}";
}
