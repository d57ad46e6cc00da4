namespace Atrium.Social.Tests.Clients;

/// <summary>
/// What apps that cannot run here call, and what they cannot do without, by their sources: Tusky reads with Moshi, Ice Cubes with Codable; both give
/// up a whole answer for one key that is missing, null or of another kind. The tables are our own words for it.
/// </summary>
internal static class AppContracts
{
    /// <summary>As Tusky reads: numbers have 32 bits where it says so, words beyond the known ones end it only in filters and policies.</summary>
    public const string TuskyShapes = """
        Emoji = shortcode:text url:text static_url:text visible_in_picker?:bool category?:text
        Field = name:text value:text verified_at?:date
        Role = name:text color:text
        Source = privacy:text sensitive?:bool note?:text fields:[Field] language?:text
        Account = id:id username:text acct:text display_name?:text created_at:date note:text url:text avatar:text header:text locked:bool followers_count:int following_count:int statuses_count:int source?:Source bot:bool emojis:[Emoji] fields:[Field] moved?:Account roles:[Role]
        Person = id:id username:text acct:text display_name?:text url:text avatar:text note:text bot:bool emojis:[Emoji]
        Focus = x?:number y?:number
        Size = width?:int height?:int aspect?:number
        Meta = focus?:Focus duration?:number original?:Size small?:Size
        Media = id:id url:text preview_url?:text remote_url?:text meta?:Meta type:text description?:text blurhash?:text
        Upload = id:id
        Mention = id:id url:text acct:text username:text
        Tag = name:text url:text following?:bool
        App = name:text website?:text
        Choice = title:text votes_count?:int
        Poll = id:id expires_at?:date expired:bool multiple:bool votes_count:int voters_count?:int options:[Choice] voted?:bool own_votes?:[int]
        Author = name:text url:text account?:Person
        Card = url:text title:text description:text authors:[Author] author_name?:text provider_name?:text published_at?:date image?:text type:text width:int height:int blurhash?:text embed_url?:text
        Keyword = id:id keyword:text whole_word:bool
        Filter = id:id title:text context:[home|notifications|public|thread|account] expires_at?:date filter_action:none|blur|warn|hide keywords?:[Keyword]
        Filtered = filter:Filter
        FirstFilter = id:id phrase:text context:[text] expires_at?:date irreversible:bool whole_word:bool
        Status = id:id url?:text account:Person in_reply_to_id?:id in_reply_to_account_id?:id reblog?:Status content:text created_at:date edited_at?:date emojis:[Emoji] reblogs_count:int favourites_count:int replies_count:int reblogged?:bool favourited?:bool bookmarked?:bool sensitive:bool spoiler_text:text visibility:public|unlisted|private|direct media_attachments:[Media] mentions:[Mention] tags:[Tag] application?:App pinned?:bool muted?:bool poll?:Poll card?:Card language?:text filtered?:[Filtered]
        Context = ancestors:[Status] descendants:[Status]
        Edit = content:text spoiler_text:text sensitive:bool created_at:date account:Person media_attachments:[Media] emojis:[Emoji]
        Words = id:id text:text spoiler_text:text
        Deleted = text?:text in_reply_to_id?:id spoiler_text:text visibility:text sensitive:bool media_attachments:[Media] poll?:Poll created_at:date language?:text
        Params = text:text sensitive?:bool visibility:text spoiler_text?:text in_reply_to_id?:text
        Scheduled = id:id scheduled_at:text params:Params media_attachments:[Media]
        Severed = id:id type:domain_block|user_domain_block|account_suspension target_name:text followers_count:int following_count:int
        Warning = id:id action:none|disable|mark_statuses_as_sensitive|delete_statuses|sensitive|silence|suspend
        Notice = type:text id:id account:Person status?:Status event?:Severed moderation_warning?:Warning
        Loss = id:id type:text account:Person event:Severed
        Judged = id:id type:text account:Person moderation_warning:Warning
        Summary = pending_requests_count:int pending_notifications_count:int
        Policy = for_not_following:accept|filter|drop for_not_followers:accept|filter|drop for_new_accounts:accept|filter|drop for_private_mentions:accept|filter|drop for_limited_accounts:accept|filter|drop summary:Summary
        Request = id:id account:Account notifications_count:text
        Push = id:int endpoint:text alerts:object server_key:text
        Marker = last_read_id:id version:int updated_at:date
        Markers = home?:Marker notifications?:Marker
        List = id:id title:text exclusive?:bool replies_policy?:text
        Conversation = id:id accounts:[Person] last_status?:Status unread:bool
        Relation = id:id following:bool followed_by:bool blocking:bool muting:bool muting_notifications:bool requested:bool showing_reblogs:bool subscribing?:bool domain_blocking:bool note?:text notifying?:bool
        Search = accounts:[Person] statuses:[Status] hashtags:[Tag]
        Reaction = name:text count:int me:bool url?:text static_url?:text
        Announcement = id:id content:text starts_at?:date ends_at?:date all_day:bool published_at:date updated_at:date read:bool mentions:[Mention] tags:[Tag] emojis:[Emoji] reactions:[Reaction]
        Rule = id:text text:text
        PollLimits = max_options:int max_characters_per_option:int min_expiration:int max_expiration:int
        StatusLimits = max_characters:int max_media_attachments:int characters_reserved_per_url:int
        MediaLimits = supported_mime_types:[text] image_size_limit:int image_matrix_limit:int video_size_limit:int video_frame_rate_limit:int video_matrix_limit:int
        AccountLimits = max_featured_tags:int max_profile_fields?:int
        Translating = enabled:bool
        FirstLimits = statuses:StatusLimits media_attachments:MediaLimits polls:PollLimits
        FirstInstance = uri:text version:text max_toot_chars?:int configuration:FirstLimits rules:[Rule]
        Limits = accounts:AccountLimits statuses:StatusLimits media_attachments:MediaLimits polls:PollLimits translation:Translating
        Versions = mastodon:int
        Instance = domain:text version:text configuration:Limits rules:[Rule] api_versions:Versions
        Client = client_id:text client_secret:text
        Day = day:text accounts:text uses:text
        Trend = name:text history:[Day]
        """;

    /// <summary>As Ice Cubes reads: addresses must be some, and instants that are not to the millisecond become now.</summary>
    public const string IceCubesShapes = """
        Emoji = shortcode:text url:url static_url:url visible_in_picker:bool category?:text
        Field = name:text value:text verified_at?:text
        Source = privacy?:public|unlisted|private|direct sensitive:bool language?:text note:text fields:[Field]
        Account = id:id username:text display_name?:text avatar:url header:url acct:text note:text created_at:date followers_count?:int following_count?:int statuses_count?:int last_status_at?:text fields:[Field] locked:bool emojis:[Emoji] url?:url source?:Source bot:bool discoverable?:bool moved?:Account
        Size = width?:int height?:int
        Meta = original?:Size
        Media = id:id type:text url?:url preview_url?:url description?:text meta?:Meta
        ReadyMedia = id:id type:text url:url preview_url:url description?:text meta:Meta
        Mention = id:id username:text url:url acct:text
        Day = day:text accounts:text uses:text
        Tag = name:text url:text following:bool history:[Day]
        PostTag = name:text url:text
        App = name?:text website?:text
        Choice = title:text votes_count?:int
        Poll = id:id expires_at?:date expired:bool multiple:bool votes_count:int voters_count?:int voted?:bool own_votes?:[int] options:[Choice]
        Author = name:text url:text account?:Account
        Card = url:text title?:text author_name?:text description?:text provider_name?:text provider_url?:text type:text image?:url width?:number height?:number authors?:[Author]
        FilterTitle = id:id title:text context:[text] filter_action:warn|hide
        Filtered = filter:FilterTitle keyword_matches?:[text]
        Consent = current_user:automatic|manual|denied|unknown automatic:[text] manual:[text]
        Quoted = state?:text quoted_status?:Reblog quoted_status_id?:text
        Reblog = id:id content:text account:Account created_at:date edited_at?:date media_attachments:[Media] mentions:[Mention] replies_count:int reblogs_count:int quotes_count?:int favourites_count:int card?:Card favourited?:bool reblogged?:bool pinned?:bool bookmarked?:bool emojis:[Emoji] url?:text application?:App in_reply_to_id?:text in_reply_to_account_id?:text visibility:public|unlisted|private|direct poll?:Poll spoiler_text:text filtered?:[Filtered] sensitive:bool language?:text tags:[PostTag] quote?:Quoted quote_approval?:Consent
        Status = id:id content:text account:Account created_at:date edited_at?:date reblog?:Reblog media_attachments:[Media] mentions:[Mention] replies_count:int reblogs_count:int quotes_count?:int favourites_count:int card?:Card favourited?:bool reblogged?:bool pinned?:bool bookmarked?:bool emojis:[Emoji] url?:text application?:App in_reply_to_id?:text in_reply_to_account_id?:text visibility:public|unlisted|private|direct poll?:Poll spoiler_text:text filtered?:[Filtered] sensitive:bool language?:text tags:[PostTag] quote?:Quoted quote_approval?:Consent
        Context = ancestors:[Status] descendants:[Status]
        Edit = content:text created_at:date emojis:[Emoji]
        Notice = id:id type:text created_at:date account:Account status?:Status group_key?:text
        Group = group_key:text notifications_count:int type:text most_recent_notification_id:long page_min_id?:text page_max_id?:text latest_page_notification_at:date sample_account_ids:[text] status_id?:text
        Groups = accounts:[Account] statuses:[Status] notification_groups:[Group]
        Summary = pending_requests_count:int pending_notifications_count:int
        Policy = for_not_following:accept|filter|drop for_not_followers:accept|filter|drop for_new_accounts:accept|filter|drop for_private_mentions:accept|filter|drop for_limited_accounts:accept|filter|drop summary:Summary
        Request = id:id account:Account notifications_count:text
        Alerts = follow:bool favourite:bool reblog:bool mention:bool poll:bool status:bool
        Push = id:int endpoint:url server_key:text alerts:Alerts
        Marker = last_read_id:text version:int updated_at:date
        Markers = home?:Marker notifications?:Marker
        List = id:id title:text replies_policy?:followed|list|none exclusive?:bool
        Conversation = id:id unread:bool last_status?:Status accounts:[Account]
        Relation = id:id following:bool showing_reblogs:bool followed_by:bool blocking:bool blocked_by:bool muting:bool muting_notifications:bool requested:bool domain_blocking:bool endorsed:bool note:text notifying:bool
        Familiar = id:id accounts:[Account]
        FeaturedTag = id:id name:text url:url statuses_count:text
        Search = accounts:[Account] statuses:[Status] hashtags:[Tag]
        Keyword = id:id keyword:text whole_word:bool
        Filter = id:id title:text keywords:[Keyword] filter_action:warn|hide context:[home|notifications|public|thread|account] expires_in?:int expires_at?:date
        Preferences = posting:default:visibility?:public|unlisted|private|direct posting:default:sensitive?:bool posting:default:language?:text reading:expand:media?:show_all|hide_all|default reading:expand:spoilers?:bool
        Users = active_month?:int
        Usage = users?:Users
        StatusLimits = max_characters:int max_media_attachments:int
        PollLimits = max_options:int max_characters_per_option:int min_expiration:int max_expiration:int
        Limits = statuses:StatusLimits polls:PollLimits
        Rule = id:text text:text
        Contact = account?:Account email:text
        Open = enabled:bool
        Thumbnail = url?:url
        Versions = mastodon?:int
        Instance = title:text domain:text description?:text version:text api_versions?:Versions usage?:Usage languages?:[text] registrations:Open thumbnail:Thumbnail configuration?:Limits rules?:[Rule] contact:Contact
        Client = id:text name:text website?:url redirect_uri:text client_id:text client_secret:text vapid_key?:text
        """;

    /// <summary>
    /// A call a line: method, address, what is sent (a form, JSON in braces, <c>@name</c> for a file), the shape that is read, and after an arrow what its id is
    /// called from then on. <c>404</c> and the like say that Mastodon refuses, too; a list before <c>?</c> may be empty.
    /// </summary>
    public const string TuskyCalls = """
        POST /api/v1/apps | client_name=Tusky&redirect_uris=oauth2redirect://com.keylesspalace.tusky/&scopes=read write follow push&website=https://tusky.app | Client
        GET /api/v1/custom_emojis | | [Emoji]
        GET /api/v1/instance | | FirstInstance
        GET /api/v2/instance | | Instance
        GET /api/v1/accounts/verify_credentials | | Account
        GET /api/v1/timelines/home?limit=30 | | [Status]
        GET /api/v1/timelines/home?since_id={bare}&limit=30 | | [Status]
        GET /api/v1/timelines/home?min_id={bare}&limit=30 | | [Status]
        GET /api/v1/timelines/public?local=true&limit=30 | | [Status]
        GET /api/v1/timelines/tag/{tag}?any[]=other&local=false&limit=30 | | [Status]
        POST /api/v1/lists | title=Crew&exclusive=false&replies_policy=list | List => list
        PUT /api/v1/lists/{list} | title=Crew two&exclusive=true&replies_policy=followed | List
        POST /api/v1/lists/{list}/accounts | account_ids[]={ben} | any
        GET /api/v1/lists | | [List]
        GET /api/v1/accounts/{ben}/lists | | [List]
        GET /api/v1/lists/{list}/accounts?limit=0 | | [Person]
        GET /api/v1/timelines/list/{list}?limit=30 | | [Status]
        DELETE /api/v1/lists/{list}/accounts | account_ids[]={ben} | any
        DELETE /api/v1/lists/{list} | | any
        GET /api/v1/notifications?limit=30&exclude_types[]=poll&exclude_types[]=admin.report | | [Notice]
        GET /api/v1/notifications?min_id=1&account_id={ben} | | [Notice]
        GET /api/v1/notifications/{notice} | | Notice
        GET /api/v1/notifications?types[]=severed_relationships | | [Loss]
        GET /api/v1/notifications?types[]=moderation_warning | | [Judged]
        POST /api/v1/markers | home[last_read_id]={bare}&notifications[last_read_id]={notice} | Markers
        GET /api/v1/markers?timeline[]=home&timeline[]=notifications | | Markers
        POST /api/v2/media | @file&description=Grey&focus=0.5,0.25 | Upload => upload
        GET /api/v1/media/{upload} | | Upload
        PUT /api/v1/media/{upload} | description=Grey square&focus=0.0,0.0 | Media
        POST /api/v1/statuses | {"status":"From Tusky","spoiler_text":"","visibility":"public","sensitive":false,"media_ids":["{upload}"],"media_attributes":[],"language":"en"} | Status => written
        PUT /api/v1/statuses/{written} | {"status":"From Tusky, again","spoiler_text":"","visibility":"public","sensitive":false,"media_ids":["{upload}"],"media_attributes":[{"id":"{upload}","description":"Another word","focus":"0.1,0.1"}],"language":"en"} | Status
        GET /api/v1/statuses/{written}/source | | Words
        GET /api/v1/statuses/{written}/history | | [Edit]
        POST /api/v1/statuses | {"status":"Which?","spoiler_text":"","visibility":"unlisted","sensitive":false,"media_ids":[],"media_attributes":[],"poll":{"options":["a","b"],"expires_in":600,"multiple":true},"language":"en"} | Status => asked
        DELETE /api/v1/statuses/{asked}?delete_media=true | | Deleted
        POST /api/v1/statuses | {"status":"Later","spoiler_text":"","visibility":"private","sensitive":false,"media_ids":[],"media_attributes":[],"scheduled_at":"{tomorrow}","language":"en"} | Scheduled => later
        GET /api/v1/scheduled_statuses?limit=20 | | [Scheduled]
        DELETE /api/v1/scheduled_statuses/{later} | | any
        GET /api/v1/statuses/{quoting} | | Status
        GET /api/v1/statuses/{foreign} | | Status
        GET /api/v1/statuses/{bare}/context | | Context
        GET /api/v1/statuses/{mine}/reblogged_by | | [Person]
        GET /api/v1/statuses/{mine}/favourited_by | | [Person]
        POST /api/v1/statuses/{bare}/reblog | visibility=unlisted | Status
        POST /api/v1/statuses/{bare}/unreblog | | Status
        POST /api/v1/statuses/{bare}/favourite | | Status
        GET /api/v1/favourites?limit=30 | | [Status]
        POST /api/v1/statuses/{bare}/unfavourite | | Status
        POST /api/v1/statuses/{bare}/bookmark | | Status
        GET /api/v1/bookmarks?limit=30 | | [Status]
        POST /api/v1/statuses/{bare}/unbookmark | | Status
        POST /api/v1/statuses/{written}/pin | | Status
        GET /api/v1/accounts/{me}/statuses?pinned=true | | [Status]
        POST /api/v1/statuses/{written}/unpin | | Status
        POST /api/v1/statuses/{bare}/mute | | Status
        POST /api/v1/statuses/{bare}/unmute | | Status
        POST /api/v1/statuses/{bare}/translate | lang=de | 503
        PATCH /api/v1/accounts/update_credentials | source[privacy]=public&source[sensitive]=false&source[language]=en | Account
        PATCH /api/v1/accounts/update_credentials | @avatar&@header&display_name=Ada&note=Hello&locked=false&fields_attributes[0][name]=Web&fields_attributes[0][value]={site}/me | Account
        GET /api/v1/accounts/search?q=ben&resolve=false&limit=40&following=true | | [Person]
        GET /api/v1/accounts/{ben} | | Account
        GET /api/v1/accounts/{remote} | | Account
        GET /api/v1/accounts/{gone} | | Account
        GET /api/v1/accounts/{me}/statuses?limit=30&exclude_replies=true | | [Status]
        GET /api/v1/accounts/{me}/statuses?only_media=true | | [Status]
        GET /api/v1/accounts/{me}/statuses?exclude_reblogs=true&min_id=1 | | [Status]
        GET /api/v1/accounts/{me}/followers | | [Person]
        GET /api/v1/accounts/{me}/following | | [Person]
        POST /api/v1/accounts/{ben}/follow | reblogs=true&notify=true | Relation
        GET /api/v1/accounts/relationships?id[]={ben}&id[]={remote} | | [Relation]
        POST /api/v1/accounts/{cleo}/mute | notifications=false&duration=300 | Relation
        GET /api/v1/mutes | | [Person]
        POST /api/v1/accounts/{cleo}/unmute | | Relation
        POST /api/v1/accounts/{cleo}/block | | Relation
        GET /api/v1/blocks | | [Person]
        POST /api/v1/accounts/{cleo}/unblock | | Relation
        POST /api/v1/accounts/{ben}/note | comment=Bakes | Relation
        POST /api/v1/domain_blocks | domain=spam.example | any
        GET /api/v1/domain_blocks?limit=40 | | [text]
        DELETE /api/v1/domain_blocks | domain=spam.example | any
        GET /api/v1/follow_requests | | [Person]
        POST /api/v1/follow_requests/{asker}/authorize | | Relation
        POST /api/v1/follow_requests/{other}/reject | | Relation
        GET /api/v1/conversations?limit=20 | | [Conversation] => talk
        DELETE /api/v1/conversations/{talk} | | any
        POST /api/v1/filters | phrase=spider&context[]=home&context[]=public&irreversible=false&whole_word=true&expires_in=3600 | FirstFilter => first
        PUT /api/v1/filters/{first} | phrase=spiders&context[]=home&irreversible=false&whole_word=false&expires_in= | FirstFilter
        GET /api/v1/filters | | [FirstFilter]
        DELETE /api/v1/filters/{first} | | any
        POST /api/v2/filters | title=Animals&context[]=home&context[]=account&filter_action=blur&expires_in=3600 | Filter => filter
        POST /api/v2/filters/{filter}/keywords | keyword=wasp&whole_word=true | Keyword => keyword
        PUT /api/v2/filters/keywords/{keyword} | keyword=wasps&whole_word=false | Keyword
        PUT /api/v2/filters/{filter} | title=Insects&filter_action=warn&expires_in= | Filter
        GET /api/v2/filters/{filter} | | Filter
        GET /api/v2/filters | | [Filter]
        DELETE /api/v2/filters/keywords/{keyword} | | any
        DELETE /api/v2/filters/{filter} | | any
        GET /api/v1/statuses/{sifted} | | Status
        POST /api/v1/polls/{poll}/votes | choices[]=0&choices[]=1 | Poll
        GET /api/v1/announcements | | [Announcement]
        PUT /api/v1/announcements/{announcement}/reactions/👍 | | any
        DELETE /api/v1/announcements/{announcement}/reactions/👍 | | any
        POST /api/v1/announcements/{announcement}/dismiss | | any
        POST /api/v1/reports | account_id={cleo}&status_ids[]={bare}&comment=Look&forward=false | any
        GET /api/v2/search?q=ben&type=accounts&resolve=true&limit=20&offset=0 | | Search
        GET /api/v2/search?q={tag}&resolve=true&limit=20&following=false | | Search
        POST /api/v1/push/subscription | subscription[endpoint]=https://push.example/1&subscription[keys][p256dh]={p256dh}&subscription[keys][auth]={auth}&data[alerts][mention]=true&data[alerts][admin.sign_up]=false&data[alerts][unknown]=true | Push
        GET /api/v1/push/subscription | | Push
        PUT /api/v1/push/subscription | data[alerts][mention]=false&data[alerts][favourite]=true | Push
        DELETE /api/v1/push/subscription | | any
        GET /api/v1/push/subscription | | 404
        POST /api/v1/tags/{tag}/follow | | Tag
        GET /api/v1/tags/{tag} | | Tag
        GET /api/v1/followed_tags?limit=100 | | [Tag]
        POST /api/v1/tags/{tag}/unfollow | | Tag
        GET /api/v1/trends/tags | | [Trend]?
        GET /api/v1/trends/statuses?limit=20 | | [Status]?
        GET /api/v2/notifications/policy | | Policy
        PATCH /api/v2/notifications/policy | for_not_following=accept&for_new_accounts=filter | Policy
        GET /api/v1/notifications/requests?limit=20 | | [Request] => kept
        POST /api/v1/notifications/requests/{kept}/accept | | any
        POST /api/v1/notifications/requests/{kept2}/dismiss | | any
        POST /api/v1/accounts/{ben}/unfollow | | Relation
        POST /api/v1/notifications/clear | | any
        """;

    /// <summary>As above: Ice Cubes puts what it sends into the address, posts without a body, and names a part of multipart for the file as well.</summary>
    public const string IceCubesCalls = """
        POST /api/v1/apps | {"client_name":"IceCubesApp","redirect_uris":"icecubesapp://","scopes":"read write follow push","website":"https://github.com/Dimillian/IceCubesApp"} | Client
        GET /api/v2/instance | | Instance
        GET /api/v1/instance/peers | | [text]?
        GET /api/v1/custom_emojis | | [Emoji]
        GET /api/v1/accounts/verify_credentials | | Account
        GET /api/v1/preferences | | Preferences
        GET /api/v1/accounts/{ben} | | Account
        GET /api/v1/accounts/{remote} | | Account
        GET /api/v1/accounts/{gone} | | Account
        GET /api/v1/accounts/lookup?acct={benname} | | Account
        GET /api/v1/accounts/{me}/statuses?tagged={tag}&only_media=false&exclude_replies=false&exclude_reblogs=true | | [Status]
        GET /api/v1/accounts/{me}/statuses?only_media=true&exclude_replies=false&exclude_reblogs=false | | [Status]
        GET /api/v1/accounts/{me}/featured_tags | | [FeaturedTag]
        GET /api/v1/accounts/relationships?id[]={ben}&id[]={remote} | | [Relation]
        POST /api/v1/accounts/{ben}/follow?notify=true&reblogs=true | | Relation
        GET /api/v1/accounts/familiar_followers?id[]={cleo} | | [Familiar]
        GET /api/v1/suggestions | | [Account]
        GET /api/v1/accounts/{me}/followers | | [Account]
        GET /api/v1/accounts/{me}/following?max_id=9223372036854775807 | | [Account]
        POST /api/v1/accounts/{cleo}/mute | {"duration":3600} | Relation
        GET /api/v1/mutes | | [Account]
        POST /api/v1/accounts/{cleo}/unmute | | Relation
        POST /api/v1/accounts/{cleo}/block | | Relation
        GET /api/v1/blocks | | [Account]
        POST /api/v1/accounts/{cleo}/unblock | | Relation
        POST /api/v1/accounts/{ben}/note | {"comment":"Bakes"} | Relation
        PATCH /api/v1/accounts/update_credentials | @avatar | Account
        PATCH /api/v1/accounts/update_credentials | @header | Account
        PATCH /api/v1/accounts/update_credentials | {"bot":false,"discoverable":true,"display_name":"Ada","fields_attributes":{"0":{"name":"Web","value":"{site}/me"}},"locked":false,"note":"Hello","source":{"privacy":"public","sensitive":false}} | Account
        DELETE /api/v1/profile/avatar | | Account
        DELETE /api/v1/profile/header | | Account
        GET /api/v1/timelines/home?limit=50 | | [Status]
        GET /api/v1/timelines/home?min_id={bare} | | [Status]
        GET /api/v1/timelines/public?local=true&limit=50 | | [Status]
        GET /api/v1/timelines/public?local=false | | [Status]
        GET /api/v1/timelines/tag/{tag}?any[]=other | | [Status]
        GET /api/v1/timelines/link?url={site}/page | | [Status]
        POST /api/v1/media | @file | ReadyMedia => upload
        POST /api/v2/media | @file | Media => second
        PUT /api/v1/media/{second} | {"description":"Grey"} | Media
        GET /api/v1/media/{second} | | Media
        POST /api/v1/statuses | {"language":"en","media_attributes":[{"description":"Words","id":"{upload}"}],"media_ids":["{upload}"],"poll":null,"spoiler_text":"Careful","status":"From Ice Cubes","visibility":"public"} | Status => written
        POST /api/v1/statuses | {"poll":{"expires_in":86400,"multiple":false,"options":["a","b"]},"status":"Which?","visibility":"public"} | Status
        POST /api/v1/statuses | {"quoted_status_id":"{bare}","status":"Look","visibility":"public"} | Status => quote
        PUT /api/v1/statuses/{written} | {"language":"en","media_attributes":[{"description":"Other words","id":"{upload}"}],"media_ids":["{upload}"],"status":"From Ice Cubes, again","visibility":"public"} | Status
        GET /api/v1/statuses/{written}/history | | [Edit]
        GET /api/v1/statuses/{quoting} | | Status
        GET /api/v1/statuses/{foreign} | | Status
        GET /api/v1/statuses/{sifted} | | Status
        GET /api/v1/statuses/{bare}/context | | Context
        GET /api/v1/statuses/{bare}/quotes | | [Status]
        GET /api/v1/statuses/{mine}/reblogged_by | | [Account]
        GET /api/v1/statuses/{mine}/favourited_by | | [Account]
        POST /api/v1/statuses/{bare}/favourite | | Status
        GET /api/v1/favourites | | [Status]
        POST /api/v1/statuses/{bare}/unfavourite | | Status
        POST /api/v1/statuses/{bare}/bookmark | | Status
        GET /api/v1/bookmarks | | [Status]
        POST /api/v1/statuses/{bare}/unbookmark | | Status
        POST /api/v1/statuses/{bare}/reblog | | Status
        POST /api/v1/statuses/{bare}/unreblog | | Reblog
        POST /api/v1/statuses/{written}/pin | | Status
        GET /api/v1/accounts/{me}/statuses?only_media=false&exclude_replies=true&exclude_reblogs=false&pinned=true | | [Status]
        POST /api/v1/statuses/{written}/unpin | | Status
        POST /api/v1/statuses/{bare}/translate?lang=de | | 503
        POST /api/v1/reports?account_id={cleo}&status_ids[]={bare}&comment=Look | | any
        DELETE /api/v1/statuses/{written} | | any
        GET /api/v1/polls/{poll} | | Poll
        POST /api/v1/polls/{poll}/votes?choices[]=0 | | Poll
        GET /api/v1/conversations | | [Conversation] => talk
        POST /api/v1/conversations/{talk}/read | | Conversation
        DELETE /api/v1/conversations/{talk} | | any
        GET /api/v1/follow_requests | | [Account]
        POST /api/v1/follow_requests/{asker}/authorize | | Relation
        POST /api/v1/follow_requests/{other}/reject | | Relation
        POST /api/v1/lists?title=Crew&replies_policy=list&exclusive=true | | List => list
        GET /api/v1/lists | | [List]
        GET /api/v1/lists/{list} | | List
        PUT /api/v1/lists/{list}?title=Crew two&replies_policy=none&exclusive=false | | List
        POST /api/v1/lists/{list}/accounts?account_ids[]={ben} | | any
        GET /api/v1/lists/{list}/accounts?limit=0 | | [Account]
        GET /api/v1/accounts/{ben}/lists | | [List]
        GET /api/v1/timelines/list/{list} | | [Status]
        DELETE /api/v1/lists/{list}/accounts?account_ids[]={ben} | | any
        DELETE /api/v1/lists/{list} | | any
        POST /api/v1/tags/{tag}/follow | | Tag
        GET /api/v1/tags/{tag}/ | | Tag
        GET /api/v1/followed_tags | | [Tag]
        POST /api/v1/tags/{tag}/unfollow | | Tag
        GET /api/v1/notifications?limit=30&exclude_types[]=follow&exclude_types[]=poll | | [Notice]
        GET /api/v1/notifications?account_id={ben} | | [Notice]
        GET /api/v1/notifications/{notice} | | Notice
        GET /api/v1/notifications?types[]=quote&types[]=severed_relationships&types[]=moderation_warning | | [Notice]
        GET /api/v2/notifications?grouped_types[]=favourite&grouped_types[]=follow&grouped_types[]=reblog&expand_accounts=full | | Groups
        GET /api/v2/notifications?max_id={notice}&exclude_types[]=poll | | Groups
        GET /api/v2/notifications/unread_count?limit=100 | | any
        GET /api/v2/notifications/policy | | Policy
        PUT /api/v2/notifications/policy | {"for_limited_accounts":"filter","for_new_accounts":"accept","for_not_followers":"accept","for_not_following":"filter","for_private_mentions":"accept","summary":{"pending_notifications_count":0,"pending_requests_count":0}} | Policy
        GET /api/v1/notifications/requests | | [Request] => kept
        POST /api/v1/notifications/requests/accept?id[]={kept} | | any
        POST /api/v1/notifications/requests/dismiss?id[]={kept2} | | any
        POST /api/v1/markers | {"home":{"last_read_id":"{bare}"}} | Markers
        POST /api/v1/markers | {"notifications":{"last_read_id":"{notice}"}} | Markers
        GET /api/v1/markers?timeline[]=home&timeline[]=notifications | | Markers
        POST /api/v1/push/subscription?subscription[endpoint]=https://push.example/2&subscription[keys][p256dh]={p256dh}&subscription[keys][auth]={auth}&data[alerts][mention]=true&data[alerts][status]=true&data[alerts][follow]=true&data[alerts][reblog]=false&data[alerts][favourite]=false&data[alerts][poll]=true&policy=all | | Push
        GET /api/v1/push/subscription | | Push
        DELETE /api/v1/push/subscription | | any
        GET /api/v2/search?q=ben&type=accounts&resolve=true | | Search
        GET /api/v2/search?q={tag}&offset=0&following=false&resolve=true | | Search
        GET /api/v1/accounts/search?q=ben&following=true&resolve=true | | [Account]
        POST /api/v2/filters | {"context":["home","public"],"expires_in":"","filter_action":"warn","title":"Animals"} | Filter => filter
        POST /api/v2/filters/{filter}/keywords?keyword=wasp&whole_word=true | | Keyword => keyword
        PUT /api/v2/filters/{filter} | {"context":["home"],"expires_in":"3600","filter_action":"hide","title":"Insects"} | Filter
        GET /api/v2/filters | | [Filter]
        DELETE /api/v2/filters/keywords/{keyword} | | any
        DELETE /api/v2/filters/{filter} | | any
        GET /api/v1/trends/tags | | [Tag]?
        GET /api/v1/trends/statuses | | [Status]?
        GET /api/v1/trends/links?offset=0 | | [Card]?
        POST /api/v1/accounts/{ben}/unfollow | | Relation
        POST /api/v1/notifications/clear | | any
        """;
}
