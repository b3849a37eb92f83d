using System.CommandLine;
using System.Net;
using SynapseFs.Cli.Options;
using SynapseFs.Cli.Serving;
using SynapseFs.Server;

namespace SynapseFs.Cli.Commands;

/// <summary>The options of <c>serve</c> and what they say together.</summary>
internal sealed class ServeOptions
{
    /// <summary>Synapse's own.</summary>
    private static readonly TimeSpan UrlLifetime = TimeSpan.FromSeconds(30);

    private readonly Option<string> _data = new("--data") { Description = "Where the server keeps everything; made when missing.", HelpName = "DIR", Required = true };
    private readonly Option<IPAddress?> _listen = new("--listen")
    {
        Description = "Address to listen on instead of 127.0.0.1; 0.0.0.0 is every network: the bytes travel unencrypted.",
        HelpName = "ADDRESS",
        CustomParser = result =>
        {
            if (IPAddress.TryParse(result.Tokens[0].Value, out var address))
                return address;
            result.AddError($"--listen '{result.Tokens[0].Value}' is not an IP address.");
            return null;
        },
    };
    private readonly Option<int?> _port = CommonOptions.Port("--port", "Port to listen on; 0, the default, takes any free one.");
    private readonly Option<int?> _controlPort = CommonOptions.Port("--control-port", "Port of the control interface (request log, faults, clock) on 127.0.0.1; without it there is none.");
    private readonly Option<string?> _controlSocket = new("--control-socket") { Description = "Unix socket (0600) for the control interface.", HelpName = "PATH" };
    private readonly Option<string?> _readyFile = new("--ready-file") { Description = "Written (0600) once the server accepts calls and all imports are done: endpoints, user name and token as JSON.", HelpName = "FILE" };
    private readonly Option<string[]> _imports = new("--import") { Description = "Make a project out of a local folder. May be given several times.", HelpName = "FOLDER[=NAME]" };
    private readonly Option<bool> _sample = new("--sample") { Description = "Make the sample project." };
    private readonly Option<string[]> _users = new("--user") { Description = "A further user; without a token one is made. Arguments can be read by everybody on the machine: for tokens that matter there is --user-file.", HelpName = "NAME[:TOKEN]" };
    private readonly Option<string?> _userFile = new("--user-file") { Description = "Users, one NAME:TOKEN a line, then what differs: scopes=view,download expires=DATE certified=no terms=no password=TEXT. The first is who the ready file names.", HelpName = "FILE" };
    private readonly Option<TimeSpan?> _urlLifetime = CommonOptions.Duration("--url-lifetime", "How long a download URL may be used.", UrlLifetime);
    private readonly Option<TimeSpan?> _jobDelay = CommonOptions.Duration("--job-delay", "How long asynchronous jobs are under way at least.", TimeSpan.Zero);
    private readonly Option<TimeSpan?> _indexDelay = CommonOptions.Duration("--index-delay", "How far views, search and schema validation lag behind.", TimeSpan.FromSeconds(1));
    private readonly Option<bool> _noLimits = new("--no-limits") { Description = "Without Synapse's limits of 3 calls at a time and 600 a minute." };
    private readonly Option<bool> _readOnly = new("--read-only") { Description = "As under maintenance: GET /status tells READ_ONLY, all other calls are answered 503." };
    private readonly Option<bool> _verbose = CommonOptions.Verbose();

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
        {
            _data, _listen, _port, _controlPort, _controlSocket, _readyFile, _imports, _sample, _users, _userFile, _urlLifetime, _jobDelay,
            _indexDelay, _noLimits, _readOnly, _verbose,
        })
            command.Options.Add(option);
    }

    public string? ReadyFile(ParseResult parsed) => parsed.GetValue(_readyFile) is { } file ? FullPath("--ready-file", file) : null;

    public bool IsVerbose(ParseResult parsed) => parsed.GetValue(_verbose);

    public WorldRequest Request(ParseResult parsed)
    {
        var listed = parsed.GetValue(_userFile) is { } file ? AccountFile.Read(file) : [];
        return new WorldRequest
        {
            Server = Server(parsed, [.. listed, .. (parsed.GetValue(_users) ?? []).Select(ParseUser)]),
            UserName = listed.Count > 0 ? listed[0].Name : null,
            WithSample = parsed.GetValue(_sample),
            Imports = [.. (parsed.GetValue(_imports) ?? []).Select(ImportRequest.Parse)],
        };
    }

    private ServerOptions Server(ParseResult parsed, IReadOnlyList<ServerUser> users) => new()
    {
        DataDirectory = FullPath("--data", parsed.GetRequiredValue(_data)),
        ListenAddress = parsed.GetValue(_listen) ?? IPAddress.Loopback,
        Port = parsed.GetValue(_port) ?? 0,
        ControlPort = parsed.GetValue(_controlPort),
        ControlSocket = parsed.GetValue(_controlSocket) is { } socket ? FullPath("--control-socket", socket) : null,
        UrlLifetime = parsed.GetValue(_urlLifetime) ?? UrlLifetime,
        JobDelay = parsed.GetValue(_jobDelay) ?? TimeSpan.Zero,
        IndexDelay = parsed.GetValue(_indexDelay) ?? TimeSpan.FromSeconds(1),
        IsThrottled = !parsed.GetValue(_noLimits),
        State = parsed.GetValue(_readOnly) ? StackState.ReadOnly : StackState.ReadWrite,
        Users = users,
    };

    private static string FullPath(string option, string path) =>
        path.Length > 0 ? Path.GetFullPath(path) : throw new CliException($"{option} is empty; name a path.");

    private static ServerUser ParseUser(string text)
    {
        try
        {
            return UserText.Parse(text);
        }
        catch (FormatException wrong)
        {
            throw new CliException($"--user cannot be read: {wrong.Message}.", wrong);
        }
    }
}
